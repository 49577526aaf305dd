import type { z } from "zod";
import { AccessionError } from "../../engine/errors.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText } from "../command-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { EnrichFlags } from "../import-flags.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { readKind } from "../kinds.ts";
import { bar } from "../output/bar.ts";
import type { filledDocument } from "../output/job-documents.ts";
import { counted } from "../output/printable.ts";
import { tellUnfinished } from "../output/unfinished.ts";

/**
 * `accession enrich --provider NAME`: enqueues a provider for the items of the whole catalogue, some thousand at a time. What
 * was enqueued is no longer meant, so that a repetition goes on where a run was broken off.
 */
export async function backfill(invocation: Invocation, provider: string, flags: EnrichFlags): Promise<ExitCode> {
  const { output } = invocation;
  const which = whichOf(flags);
  const kind = flags.kind === undefined ? undefined : readKind(flags.kind);
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await openCatalogue(invocation);
  const dryRun = flags.dryRun ?? false;
  const { total, enqueued } = await catalog.jobs.backfill({
    provider,
    kind,
    which,
    limit: flags.limit,
    dryRun,
    signal: interruption.signal,
    onProgress(done, all) {
      output.remark(`${output.canRewrite ? "\r" : ""}${bar(done, all)}${output.canRewrite ? "" : "\n"}`);
    },
  });
  if (output.canRewrite && enqueued > 0) output.remark("\n");
  const isBrokenOff = interruption.signal.aborted && enqueued < total && !dryRun;
  const resume = isBrokenOff ? resumingCommand(invocation, provider, flags, enqueued) : undefined;
  output.document({
    status: dryRun ? "counted" : isBrokenOff ? "stopped" : "enqueued",
    total,
    enqueued,
    ...(resume !== undefined && { resume }),
  } satisfies z.input<typeof filledDocument>);
  output.line(
    dryRun
      ? `${provider} would be enqueued for ${counted(total, "item")}`
      : `enqueued ${provider} for ${enqueued} of ${counted(total, "item")}; \`accession work\` runs them`,
  );
  if (!isBrokenOff) return exitCodes.done;
  tellUnfinished(output, { isBrokenOff, resume });
  return exitCodes.interrupted;
}

/** The command line for the rest, which is what a limit leaves of it. */
function resumingCommand(
  { flags: globals }: Invocation,
  provider: string,
  { missing, failed, kind, olderThan, limit }: EnrichFlags,
  enqueued: number,
): string {
  const which = [...(missing === true ? ["--missing"] : []), ...(failed === true ? ["--failed"] : [])];
  const rest = limit === undefined ? undefined : String(limit - enqueued);
  return commandText(globals, {
    words: ["enrich", ...which],
    operands: [],
    flags: { provider, kind, "older-than": olderThan, limit: rest },
  });
}

const unit = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function whichOf({ missing, failed, olderThan }: EnrichFlags): "missing" | "failed" | number {
  const given = [missing === true, failed === true, olderThan !== undefined].filter(Boolean).length;
  if (given > 1) throw new AccessionError("query-invalid", "Give one of --missing, --failed and --older-than.");
  if (failed === true) return "failed";
  if (olderThan === undefined) return "missing";
  const [, number, letter] = /^(\d{1,6})([smhd])$/.exec(olderThan) ?? [];
  if (number === undefined || letter === undefined)
    throw new AccessionError("query-invalid", `--older-than takes a number with s, m, h or d, such as 30d.`);
  return Number(number) * unit[letter as keyof typeof unit];
}
