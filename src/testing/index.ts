export { checkProvider, type ProviderCheck, type ProviderProblem } from "./check-provider.ts";
export { openTestCatalog, type TestCatalogOptions } from "./open-test-catalog.ts";
export type { Fault, FaultKind } from "../sandbox/faults/fault.ts";
export type { FaultControl } from "../sandbox/faults/fault-control.ts";
export { openSandbox, type Sandbox, type SandboxOptions } from "../sandbox/open-sandbox.ts";
export type { LoggedRequest } from "../sandbox/request-log.ts";
