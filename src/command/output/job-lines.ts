import type { z } from "zod";
import type { RunState } from "../../engine/run.ts";
import type { Holds, ListedJob, RunCount } from "../../index.ts";
import type { holdsDocument, jobDocument } from "./job-documents.ts";
import type { Output } from "./output.ts";
import { counted, dollars, grouped, printable } from "./printable.ts";

/** A run as its JSON document. */
export function documentOfJob(job: ListedJob): z.input<typeof jobDocument> {
  const { itemId, kind, title, finishedAt, nextAt, error, jobId, ...run } = job;
  return {
    item: { id: itemId, kind, title },
    ...run,
    ...(finishedAt !== null && { finishedAt }),
    ...(nextAt !== null && { nextAt }),
    ...(error !== null && { error }),
    ...(jobId !== null && { jobId }),
  };
}

/** What holds jobs back as its JSON document. */
export function documentOfHolds({ paused, sources, used }: Holds): z.input<typeof holdsDocument> {
  return {
    paused: [...paused],
    sources: sources.map(({ source, failures, openUntil, reason }) => ({
      source,
      failures,
      ...(openUntil !== null && { openUntil }),
      ...(reason !== null && { reason }),
    })),
    used: [...used],
  };
}

/** A run as one line for people. */
export function jobLine(output: Output, job: ListedJob): string {
  const { provider, state, attempt, nextAt, error, title, itemId } = job;
  const facts = [
    stateText(output, state),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(nextAt === null ? [] : [`until ${nextAt}`]),
    ...costs(job),
  ].join(", ");
  const why = error === null ? "" : `: ${printable(error.message)}`;
  return `${provider}  ${printable(title)} ${output.paint("dim", itemId)}  ${facts}${why}`;
}

/** A run with all that the ledger has of it, a fact a line. */
export function runLines(output: Output, job: ListedJob): readonly string[] {
  const { provider, state, attempt, requests, startedAt, finishedAt, nextAt, error, jobId } = job;
  const facts = [
    ["attempts", String(attempt)],
    ["cost", [counted(requests, "request"), ...costs(job)].join(", ")],
    // A run that was never taken up has no beginning yet: the ledger has the moment in which it was queued.
    [state === "queued" && attempt === 0 ? "queued" : "started", startedAt],
    ["finished", finishedAt],
    ["next", nextAt],
    [state === "skipped" ? "reason" : "error", error && `${printable(error.message)} (${error.code})`],
    ["job", jobId],
  ] as const;
  return [
    `${output.paint("bold", provider)}  ${stateText(output, state)}`,
    ...facts.flatMap(([label, value]) =>
      value === null ? [] : [`  ${output.paint("cyan", label.padEnd(8))}  ${value}`],
    ),
  ];
}

/** How many runs there are, a line for each provider. */
export function countLines(output: Output, counts: readonly RunCount[]): readonly string[] {
  return [...Map.groupBy(counts, (count) => count.provider)].map(([provider, states]) => {
    const said = states.map(({ state, runs }) => `${grouped(runs)} ${stateText(output, state)}`).join(", ");
    return `${provider}: ${said}`;
  });
}

function stateText(output: Output, state: RunState): string {
  const color = state === "failed" || state === "dead" ? "red" : state === "contributed" ? "green" : "yellow";
  return output.paint(color, state);
}

function costs({ tokens, microdollars }: Pick<ListedJob, "tokens" | "microdollars">): readonly string[] {
  return [...(tokens === 0 ? [] : [counted(tokens, "token")]), ...(microdollars === 0 ? [] : [dollars(microdollars)])];
}

/** What holds jobs back, a line each. */
export function holdLines(output: Output, { paused, sources }: Holds): readonly string[] {
  return [
    ...paused.map(({ provider, pausedAt }) => output.paint("yellow", `${provider} is paused since ${pausedAt}`)),
    ...sources
      .filter(({ openUntil }) => openUntil !== null)
      .map(({ source, openUntil, reason }) =>
        output.paint("yellow", `${source} is left alone until ${openUntil}: ${printable(reason ?? "it has failed")}`),
      ),
  ];
}
