import type { ImportResult, ProviderOutcome } from "../../index.ts";
import { type Awaited, isUnfinished } from "../await-runs.ts";
import { printable } from "./printable.ts";

/** How the background providers of an import are to be told of. */
export interface BackgroundTelling {
  /** Providers of which the progress has told. */
  readonly told: ReadonlySet<string>;
  /** Where their runs stand after they were waited for; undefined where nobody did. */
  readonly awaited: Awaited | undefined;
  /** The command that runs what is queued. */
  readonly work: string;
}

/**
 * Which providers an import has only enqueued, and which it could not use and why; nothing where it stored nothing. After
 * a wait, what is still to come.
 */
export function backgroundRemarks(result: ImportResult, { told, awaited, work }: BackgroundTelling): readonly string[] {
  if (!("item" in result) || result.status === "failed") return [];
  const queued = result.providers.filter(({ status }) => status === "queued").map(({ provider }) => provider);
  const skipped = result.providers.flatMap((one) =>
    one.status === "skipped" && !told.has(one.provider) && isObstacle(one)
      ? [`${one.provider} (${printable(one.reason)})`]
      : [],
  );
  return [
    ...(awaited
      ? leftRemarks(awaited, work)
      : queued.length === 0
        ? []
        : [`queued: ${queued.join(", ")}; \`${work}\` runs them, \`--wait\` waits for them`]),
    ...(skipped.length === 0 ? [] : [`skipped: ${skipped.join(", ")}`]),
  ];
}

/** What is left of a wait: of one that was broken off, or of runs that come back too late to be waited for. */
function leftRemarks({ runs, isBrokenOff }: Awaited, work: string): readonly string[] {
  const left = runs.filter(isUnfinished).map(({ provider, state }) => `${provider} (${state})`);
  const rest = left.length === 0 ? [] : [`still to come: ${left.join(", ")}; \`${work}\` goes on with them`];
  return isBrokenOff ? ["Broken off. Nothing is lost: what was saved stays saved.", ...rest] : rest;
}

/** Whether a provider was skipped since it could not be asked, rather than since nobody wanted it asked again. */
function isObstacle({ reason }: Extract<ProviderOutcome, { readonly status: "skipped" }>): boolean {
  return reason !== "not asked for" && !/^\S+ before$/.test(reason);
}
