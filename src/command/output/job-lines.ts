import type { z } from "zod";
import type { Holds, ListedJob } from "../../index.ts";
import type { holdsDocument, jobDocument } from "./job-documents.ts";
import type { Output } from "./output.ts";
import { counted, printable } from "./printable.ts";

/** A run as its JSON document. */
export function documentOfJob(job: ListedJob): z.input<typeof jobDocument> {
  const { itemId, kind, title, finishedAt, nextAt, error, jobId: _jobId, ...run } = job;
  return {
    item: { id: itemId, kind, title },
    ...run,
    ...(finishedAt !== null && { finishedAt }),
    ...(nextAt !== null && { nextAt }),
    ...(error !== null && { error }),
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
  const color = state === "failed" || state === "dead" ? "red" : state === "contributed" ? "green" : "yellow";
  const facts = [
    output.paint(color, state),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(nextAt === null ? [] : [`until ${nextAt}`]),
    ...costs(job),
  ].join(", ");
  const why = error === null ? "" : `: ${printable(error.message)}`;
  return `${provider}  ${printable(title)} ${output.paint("dim", itemId)}  ${facts}${why}`;
}

function costs({ tokens, microdollars }: Pick<ListedJob, "tokens" | "microdollars">): readonly string[] {
  return [
    ...(tokens === 0 ? [] : [counted(tokens, "token")]),
    ...(microdollars === 0 ? [] : [`$${(microdollars / 1_000_000).toFixed(4)}`]),
  ];
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
