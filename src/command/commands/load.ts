import type { z } from "zod";
import { type Dump, openDump, openDumpStream } from "../../dumps/dump.ts";
import { AccessionError, type Kind, type ManyResult } from "../../index.ts";
import { openCatalogueOf } from "../catalogue.ts";
import { commandText, conditionWords } from "../command-text.ts";
import { type ExitCode, exitCodeOfError, exitCodeOfMany, exitCodes } from "../exit-codes.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Invocation } from "../invocation.ts";
import { kindNamed, kinds, kindWord, readKind } from "../kinds.ts";
import { keepHeapSmall, loadPageCache } from "../load-memory.ts";
import { errorLines } from "../output/failure.ts";
import { documentOfError } from "../output/item-document.ts";
import { loadLines, refusedLines } from "../output/load-lines.ts";
import type { loadedDocument } from "../output/many-documents.ts";
import { createManyBar } from "../output/many-progress.ts";
import { openRejects, type RejectsFile } from "../output/rejects-file.ts";
import { tellUnfinished } from "../output/unfinished.ts";

/** The flags of `load`. */
export interface LoadFlags {
  readonly kind?: string | undefined;
  readonly where: readonly string[];
  readonly rejects?: string | undefined;
  readonly name?: string | undefined;
  readonly limit?: number | undefined;
  readonly background?: boolean | undefined;
  readonly restart?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What MusicBrainz calls the things that its dumps hold, and of which kind they are here; a longer name goes first. */
const entities = [
  ["release-group", "music.album"],
  ["release", "music.release"],
  ["artist", "music.artist"],
  ["recording", "music.song"],
] as const;

/** `accession load FILE`: loads the documents of a dump, without a request to anybody. */
export async function load(invocation: Invocation, file: string, flags: LoadFlags): Promise<ExitCode> {
  const { output } = invocation;
  const asked = flags.kind === undefined ? undefined : readKind(flags.kind);
  const interruption = listenForInterruption();
  invocation.closeAtEnd(interruption);
  const dump = await (file === "-" ? openDumpStream(process.stdin, interruption.signal) : openDump(file));
  invocation.closeAtEnd(dump);
  const kind = kindOf(dump, file, asked);
  const rejects = await openRejects(flags.rejects ?? rejectsPath(file, flags));
  invocation.closeAtEnd({ close: async () => rejects.close() });
  const { settings } = await invocation.settings();
  keepHeapSmall(settings.database);
  const catalog = await openCatalogueOf(settings, invocation, { pageCache: loadPageCache });
  const { size } = dump;
  const bar = createManyBar(output, {
    noun: "documents",
    share: () => (size === undefined || size === 0 ? undefined : Math.min(1, dump.bytesRead() / size)),
  });
  let isFirst = true;
  const name = nameOf(dump, flags);
  const result = await catalog.load(kind, flags.limit === undefined ? dump.lines() : first(flags.limit, dump.lines()), {
    name,
    where: flags.where,
    restart: flags.restart,
    dryRun: flags.dryRun,
    background: flags.background,
    signal: interruption.signal,
    onRejected: (rejected) => rejects.add(rejected),
    onProgress(progress) {
      if (isFirst) begin(progress.done);
      isFirst = false;
      bar.show(progress);
    },
  });
  function begin(done: number): void {
    rejects.begin(done);
    if (done > 0) output.remark(`Going on after ${done} documents that an earlier run has dealt with.\n`);
  }
  bar.end();
  const isResumable = name !== undefined && flags.dryRun !== true;
  return tell(invocation, result, { file, flags, kind, rejects, isResumable });
}

interface Loaded {
  readonly file: string;
  readonly flags: LoadFlags;
  readonly kind: Kind;
  readonly rejects: RejectsFile;
  readonly isResumable: boolean;
}

function tell(invocation: Invocation, result: ManyResult, loaded: Loaded): ExitCode {
  const { output } = invocation;
  const { file, flags, kind, rejects, isResumable } = loaded;
  // A dump has no parent that could be missing.
  const status = result.status === "not-found" ? "failed" : result.status;
  const { counts, done, refused } = result;
  const dryRun = flags.dryRun ?? false;
  const error = result.status === "failed" ? result.error : undefined;
  const resume = isResumable && status !== "complete" ? resumingCommand(invocation, file, flags) : undefined;
  output.document({
    status,
    kind: kind.name,
    counts: { ...counts },
    done,
    refused: refused.map(({ id, title, reason }) => ({ id, ...(title !== undefined && { title }), reason })),
    ...(rejects.count() > 0 && { rejects: rejects.path }),
    dryRun,
    ...(resume !== undefined && { resume }),
    ...(error && { error: documentOfError(error) }),
  } satisfies z.input<typeof loadedDocument>);
  const told = { status, file, counts, done, refused, dryRun };
  for (const line of refusedLines(output, told, rejects.path)) output.remark(`${line}\n`);
  for (const line of loadLines(output, told)) output.line(line);
  for (const line of error ? errorLines(output, error) : []) output.complain(`${line}\n`);
  if (status === "complete") return exitCodeOfMany(result);
  tellUnfinished(output, { isBrokenOff: status === "stopped", dryRun, resume });
  return error ? exitCodeOfError(error.code) : exitCodes.interrupted;
}

/** The kind of the documents: what was said, else what the archive says, else what the file is called. */
function kindOf(dump: Dump, file: string, asked: string | undefined): Kind {
  const held = entities.find(([entity]) => entity === dump.entity)?.[1];
  if (dump.entity !== undefined) {
    if (held === undefined || !kinds.some(({ name }) => name === held)) {
      throw new AccessionError(
        "kind-unknown",
        `The archive holds documents of ${dump.entity}, for which there is no kind.`,
      );
    }
    if (asked !== undefined && asked !== held) {
      throw new AccessionError(
        "query-invalid",
        `The archive holds documents of ${dump.entity}, not of --kind ${kindWord(asked)}.`,
      );
    }
  }
  const base = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const called = entities.find(([entity]) => new RegExp(`^${entity}s?(?![a-z])`, "i").test(base))?.[1];
  const name = asked ?? held ?? called;
  if (name !== undefined) return kindNamed(name);
  throw new AccessionError(
    "query-invalid",
    "What the documents are, the file does not say: name it with --kind, such as artist.",
  );
}

/** Where refused documents go: those of a trial elsewhere than those of the load itself, which is gone on with. */
function rejectsPath(file: string, { limit, dryRun }: LoadFlags): string {
  const trial = [...(limit === undefined ? [] : [`first-${limit}`]), ...(dryRun === true ? ["dry-run"] : [])];
  return [file === "-" ? "stdin" : file, ...trial, "rejects.ndjson"].join(".");
}

/** A try of the first so many must not be taken for the whole, nor the other way round. */
function nameOf(dump: Dump, { name = dump.name, limit }: LoadFlags): string | undefined {
  return name === undefined || limit === undefined ? name : `${name} limit ${limit}`;
}

async function* first(count: number, lines: AsyncIterable<string>): AsyncGenerator<string> {
  let left = count;
  for await (const line of lines) {
    yield line;
    left -= 1;
    if (left === 0) return;
  }
}

function resumingCommand(invocation: Invocation, file: string, flags: LoadFlags): string {
  const { kind, rejects, name, limit, where, background } = flags;
  return commandText(invocation.flags, {
    words: ["load", ...conditionWords(where), ...(background === true ? ["--background"] : [])],
    operands: [file],
    flags: { kind, rejects, name, limit: limit?.toString() },
  });
}
