import type { z } from "zod";
import { AccessionError, type Catalog, type ItemId, type ManyOptions, type ManyResult } from "../../index.ts";
import { album, artist, release } from "../../music/index.ts";
import { openCatalogue } from "../catalogue.ts";
import { commandText, conditionWords } from "../command-text.ts";
import { type ExitCode, exitCodeOfError, exitCodeOfMany, exitCodes } from "../exit-codes.ts";
import type { ManyFlags } from "../import-flags.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { findItemOfKind } from "../item-reference.ts";
import { readKind } from "../kinds.ts";
import { type Entity, readMusicbrainzId, refuseAddress } from "../musicbrainz-page.ts";
import { errorLines } from "../output/failure.ts";
import { grouped } from "../output/printable.ts";
import { documentOfError, documentOfItem } from "../output/item-document.ts";
import type { importedManyDocument } from "../output/many-documents.ts";
import { manyLines, refusalLines } from "../output/many-lines.ts";
import { createManyBar } from "../output/many-progress.ts";
import { tellUnfinished } from "../output/unfinished.ts";

/** `accession import releases`: all editions of an album. */
export async function importReleases(
  invocation: Invocation,
  reference: string | undefined,
  flags: ManyFlags,
): Promise<ExitCode> {
  return importListed(invocation, flags, {
    words: ["import", "releases"],
    noun: "releases",
    operand: "ALBUM",
    reference,
    parentKind: album.name,
    entity: "release-group",
    run: (catalog, parent, options) => catalog.importMany(release, { album: parent }, options),
  });
}

/** `accession import albums`: all albums of an artist. */
export async function importAlbums(
  invocation: Invocation,
  reference: string | undefined,
  flags: ManyFlags,
): Promise<ExitCode> {
  const studio = flags.studio === true ? ["primaryType=album", "secondaryTypes="] : [];
  return importListed(invocation, flags, {
    words: ["import", "albums", ...(flags.studio === true ? ["--studio"] : [])],
    noun: "albums",
    operand: "ARTIST",
    reference,
    parentKind: artist.name,
    entity: "artist",
    run: (catalog, parent, options) =>
      catalog.importMany(album, { artist: parent }, { ...options, where: [...studio, ...(options.where ?? [])] }),
  });
}

/** An import of many, as the command line describes it. */
interface ManyCommand {
  readonly words: readonly string[];
  /** What the many are called, in the plural. */
  readonly noun: string;
  readonly operand: string;
  readonly reference: string | undefined;
  readonly parentKind: string;
  /** What MusicBrainz calls the parent. */
  readonly entity: Entity;
  readonly run: (catalog: Catalog, parent: Parent, options: ManyOptions) => Promise<ManyResult>;
}

/** Whose items are imported: an item of the catalogue, or one that is imported first. */
type Parent = ItemId | { readonly musicbrainzId: string };

async function importListed(invocation: Invocation, flags: ManyFlags, command: ManyCommand): Promise<ExitCode> {
  const { output } = invocation;
  const { reference, operand, noun } = command;
  if ((reference === undefined) === (flags.mbid === undefined)) {
    const remedy = `\`accession ${command.words.slice(0, 2).join(" ")} --help\` shows what goes with what.`;
    throw new AccessionError("query-invalid", `Give either ${operand} or --mbid with a MusicBrainz id.`, { remedy });
  }
  refuseAddress(reference, operand);
  const musicbrainzId = readMusicbrainzId(flags.mbid, command.entity);
  const complete = flags.complete?.split(",").map((kind) => readKind(kind.trim()));
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const catalog = await openCatalogue(invocation);
  const parent = musicbrainzId === undefined ? await findParent(catalog, reference ?? "", command) : { musicbrainzId };
  const bar = createManyBar(output, { noun });
  const result = await command.run(catalog, parent, {
    where: flags.where,
    complete,
    background: flags.background,
    restart: flags.restart,
    dryRun: flags.dryRun,
    signal: interruption.signal,
    onProgress: (progress) => bar.show(progress),
  });
  bar.end();
  const isUnfinished = result.status === "stopped" || result.status === "failed";
  const resume = isUnfinished && flags.dryRun !== true ? resumingCommand(invocation, flags, command) : undefined;
  const code = tell(invocation, result, { noun, dryRun: flags.dryRun ?? false, resume });
  const isSaved = result.status === "complete" || result.status === "stopped";
  const mayEnqueue = isSaved && flags.dryRun !== true && (flags.background !== false || flags.complete !== undefined);
  if (mayEnqueue && !output.json) await tellOfQueue(invocation, catalog);
  return code;
}

/** Says how many runs wait for a worker, those of earlier imports included: which are whose, the ledger does not know. */
async function tellOfQueue(invocation: Invocation, catalog: Catalog): Promise<void> {
  const counts = await catalog.jobs.count({ states: ["queued"] });
  if (counts.length === 0) return;
  const work = commandText(invocation.flags, { words: ["work"], operands: [], flags: {} });
  const queued = counts.map(({ provider, runs }) => `${provider} ${grouped(runs)}`).join(", ");
  invocation.output.remark(`in the queue: ${queued}; \`${work}\` runs them\n`);
}

function findParent(catalog: Catalog, reference: string, { operand, parentKind }: ManyCommand): Promise<ItemId> {
  return findItemOfKind(catalog, reference, parentKind, `${operand} is a ${parentKind}`);
}

function tell(
  { output }: Invocation,
  result: ManyResult,
  about: { readonly noun: string; readonly dryRun: boolean; readonly resume: string | undefined },
): ExitCode {
  const { counts, done, total, requests, pages, refused, parent, status } = result;
  const error = result.status === "failed" ? result.error : undefined;
  output.document({
    status,
    ...(parent && { parent: documentOfItem(parent) }),
    counts: { ...counts },
    done,
    ...(total !== undefined && { total }),
    requests,
    pages,
    refused: refused.map(({ id, title, reason }) => ({ id, ...(title !== undefined && { title }), reason })),
    dryRun: about.dryRun,
    ...(about.resume !== undefined && { resume: about.resume }),
    ...(error && { error: documentOfError(error) }),
  } satisfies z.input<typeof importedManyDocument>);
  for (const line of refusalLines(output, result)) output.remark(`${line}\n`);
  for (const line of manyLines(output, result, about)) output.line(line);
  for (const line of error ? errorLines(output, error) : []) output.complain(`${line}\n`);
  if (status === "stopped" || status === "failed")
    tellUnfinished(output, { ...about, isBrokenOff: status === "stopped" });
  switch (result.status) {
    case "complete":
      return exitCodeOfMany(result);
    case "stopped":
      return exitCodes.interrupted;
    case "not-found":
      return exitCodes.notFound;
    case "failed":
      return result.error.code.startsWith("source-") ? exitCodes.failed : exitCodeOfError(result.error.code);
  }
}

function resumingCommand(invocation: Invocation, flags: ManyFlags, { words, reference }: ManyCommand): string {
  return commandText(invocation.flags, {
    words: [...words, ...conditionWords(flags.where), ...(flags.background === false ? ["--no-background"] : [])],
    operands: reference === undefined ? [] : [reference],
    flags: { mbid: flags.mbid, complete: flags.complete },
  });
}
