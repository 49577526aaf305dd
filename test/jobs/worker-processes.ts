import { type ChildScript, startScript } from "../support/child-script.ts";
import type { WorkOrders } from "./scripts/work.ts";

const script = new URL("scripts/work.ts", import.meta.url);

/** Starts a worker in a process of its own, killed after the test file if it still lives. */
export function startWorker(orders: WorkOrders): ChildScript {
  return startScript(script, [JSON.stringify(orders)]);
}
