import {
  closeSync,
  constants,
  createReadStream,
  existsSync,
  openSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { linesOf } from "../../dumps/lines.ts";
import { AccessionError } from "../../engine/errors.ts";
import type { RejectedDocument } from "../../index.ts";

/** Where documents go that could not be read or saved: a line of JSON each, with the document as it came. */
export interface RejectsFile {
  readonly path: string;
  /** Documents in it, those of an earlier run that this one goes on from included. */
  count(): number;
  /** Says, before any document, how many an earlier run dealt with: 0, and what the file holds is replaced. */
  begin(done: number): void;
  /**
   * Writes a document at once, so that a crash loses none of those that will not be read again; one that is there already
   * is passed over.
   *
   * @throws AccessionError `query-invalid` where the file cannot be written.
   */
  add(rejected: RejectedDocument): void;
  close(): void;
}

/**
 * Makes the file, which comes about with the first document in it.
 *
 * @throws AccessionError `query-invalid` where it could not be written: before a load that may take an hour, not in it.
 */
export async function openRejects(path: string): Promise<RejectsFile> {
  await access(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK).catch((thrown: unknown) => {
    throw unwritable(path, thrown);
  });
  if (existsSync(path) && statSync(path).isDirectory()) throw unwritable(path, { code: "EISDIR" });
  const earlier = await earlierLines(path);
  let isContinued = false;
  let file: number | undefined;
  let written = 0;

  function open(): number {
    try {
      if (!isContinued || earlier.length === 0) return openSync(path, "w");
      // What a crash cut off in the middle of a line would spoil the next one.
      truncateSync(path, earlier.length);
      return openSync(path, "a");
    } catch (thrown) {
      throw unwritable(path, thrown);
    }
  }

  return {
    path,
    count: () => written + (isContinued ? earlier.numbers.size : 0),
    begin(done) {
      isContinued = done > 0;
    },
    add({ line, reason, text }) {
      if (isContinued && earlier.numbers.has(line)) return;
      file ??= open();
      writeSync(file, `{"line":${line},"reason":${JSON.stringify(reason)},"document":${asJson(text)}}\n`);
      written += 1;
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}

function unwritable(path: string, thrown: unknown): AccessionError {
  const { code } = thrown as NodeJS.ErrnoException;
  const message = `Refused documents cannot be written to ${path} (${code}); name another file with --rejects.`;
  return new AccessionError("query-invalid", message, { cause: thrown });
}

/** The numbers of the lines that a file holds already, and how long it is up to the last complete one. */
async function earlierLines(path: string): Promise<{ readonly numbers: ReadonlySet<number>; readonly length: number }> {
  const numbers = new Set<number>();
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size === 0) return { numbers, length: 0 };
  let length = 0;
  for await (const line of linesOf(createReadStream(path))) {
    const end = length + Buffer.byteLength(line) + 1;
    if (end > size) break;
    length = end;
    const [, number] = /^\{"line":(\d+),/.exec(line) ?? [];
    if (number !== undefined) numbers.add(Number(number));
  }
  return { numbers, length };
}

/** JSON stays as it is, so that a corrected document can be taken out again; anything else becomes a text. */
function asJson(text: string): string {
  try {
    JSON.parse(text);
    return text.trim();
  } catch {
    return JSON.stringify(text);
  }
}
