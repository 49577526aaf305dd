import type { ListedJob } from "../../index.ts";
import { fitting } from "./bar.ts";
import type { Output } from "./output.ts";
import { counted, printable } from "./printable.ts";

/** Shows, on standard error, what a command waits for. */
export interface WaitProgress {
  /** Takes a run that has changed. */
  show(run: Pick<ListedJob, "provider" | "state" | "requests" | "nextAt" | "error">): void;
  /** Leaves the line that was written over. */
  end(): void;
}

/**
 * Shows the runs of providers that are waited for: a line when one is over, and on a terminal below it, written over,
 * which run and which are queued: `running: description; queued: amazon`.
 */
export function createWaitProgress(output: Output, providers: readonly string[]): WaitProgress {
  const begun = performance.now();
  const states = new Map<string, string>(providers.map((provider) => [provider, "queued"]));
  let shownLength = 0;

  function standing(): string {
    const parts = ["running", "queued"].flatMap((state) => {
      const those = [...states].filter(([, one]) => one === state).map(([provider]) => provider);
      return those.length === 0 ? [] : [`${state}: ${those.join(", ")}`];
    });
    return parts.join("; ");
  }
  function rewrite(text: string): void {
    const cut = fitting(text);
    output.remark(`\r${cut.padEnd(shownLength)}`);
    shownLength = cut.length;
  }
  function tell(line: string): void {
    if (!output.canRewrite) return output.remark(`${line}\n`);
    output.remark(`\r${line.padEnd(shownLength)}\n`);
    shownLength = 0;
  }

  if (output.canRewrite) rewrite(standing());
  else output.remark(`waiting for: ${providers.join(", ")}\n`);
  return {
    show({ provider, state, requests, nextAt, error }) {
      states.set(provider, state);
      if (state !== "running") {
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        const why = error === null ? "" : ` (${printable(error.message)})`;
        const when = nextAt === null ? "" : `, comes back ${nextAt}`;
        tell(`${provider} … ${state}${why}, ${counted(requests, "request")}, ${seconds} s${when}`);
      }
      if (output.canRewrite) rewrite(standing());
    },
    end() {
      if (!output.canRewrite) return;
      rewrite("");
      output.remark("\r");
    },
  };
}
