import type { z } from "zod";
import { AccessionError } from "../../engine/errors.ts";
import { environmentOf } from "../../sandbox/environment.ts";
import { openSandbox } from "../../sandbox/open-sandbox.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readFault } from "../fault-option.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import type { sandboxDocument } from "../output/document-schema.ts";

/** The flags of `sandbox`. */
export interface SandboxFlags {
  /** 0 or absent: a free one. */
  readonly port?: number | undefined;
  /** Requests a second. */
  readonly rate?: number | undefined;
  /** Milliseconds. */
  readonly latency?: number | undefined;
  readonly fault?: readonly string[] | undefined;
}

/** `accession sandbox`: serves a MusicBrainz double until Ctrl-C. */
export async function sandbox(invocation: Invocation, flags: SandboxFlags): Promise<ExitCode> {
  const { output } = invocation;
  const { port, rate, latency, fault = [] } = flags;
  const faults = fault.map(readFault);
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const server = await openSandbox({
    ...(port !== undefined && { port }),
    ...(rate !== undefined && { requestsPerSecond: rate }),
    ...(latency !== undefined && { latency }),
    faults,
  }).catch((thrown: unknown) => {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    if (!/^(EADDRINUSE|EACCES)$/.test(code)) throw thrown;
    throw new AccessionError(
      "configuration-invalid",
      `The port ${port} cannot be listened on (${code}); 0 takes a free one.`,
    );
  });
  invocation.closeAtEnd(server);
  const environment = environmentOf(server);
  output.document({
    status: "listening",
    url: server.url,
    port: server.port,
    environment,
  } satisfies z.input<typeof sandboxDocument>);
  output.line(`The sandbox listens until Ctrl-C. To use it, in another shell:`);
  for (const [variable, value] of Object.entries(environment)) output.line(`  export ${variable}=${value}`);
  const { signal } = interruption;
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  output.remark(`\n${server.requests.length} requests were answered.\n`);
  return exitCodes.done;
}
