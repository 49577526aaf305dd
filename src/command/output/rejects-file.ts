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
  /**
   * Says, before any document, how many an earlier run dealt with: 0, and what the file holds is taken out, since whoever
   * mended their documents would find them in it still.
   *
   * @throws AccessionError `query-invalid` where the file cannot be written.
   */
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
 * @throws AccessionError `query-invalid` where it could not be written, or holds something else than refused documents: before a
 * load that may take an hour, not in it.
 */
export async function openRejects(path: string): Promise<RejectsFile> {
  await access(existsSync(path) ? path : dirname(resolve(path)), constants.W_OK).catch((thrown: unknown) => {
    throw unwritable(path, thrown);
  });
  if (existsSync(path) && statSync(path).isDirectory()) throw unwritable(path, { code: "EISDIR" });
  const earlier = await earlierLines(path);
  if (earlier.isOther) {
    const message = `${path} is there already, and holds no refused documents; name another file with --rejects.`;
    throw new AccessionError("query-invalid", message);
  }
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
      if (!isContinued && earlier.length > 0) file = open();
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

/** What a file holds already. */
interface EarlierLines {
  /** The numbers of its lines' documents. */
  readonly numbers: ReadonlySet<number>;
  /** How long it is up to the last complete line. */
  readonly length: number;
  /** Whether a line of it is no refused document, so that it is not ours to write. */
  readonly isOther: boolean;
}

async function earlierLines(path: string): Promise<EarlierLines> {
  const numbers = new Set<number>();
  const size = await stat(path).then(
    (found) => (found.isFile() ? found.size : 0),
    () => 0,
  );
  if (size === 0) return { numbers, length: 0, isOther: false };
  let length = 0;
  for await (const line of linesOf(createReadStream(path))) {
    const [, number] = /^\{"line":(\d+),"reason":"/.exec(line) ?? [];
    const end = length + Buffer.byteLength(line) + 1;
    // A crash may have cut off the last line, wherever.
    if (end > size) return { numbers, length, isOther: length === 0 && !line.startsWith('{"line":') };
    if (number === undefined) return { numbers, length, isOther: true };
    length = end;
    numbers.add(Number(number));
  }
  return { numbers, length, isOther: false };
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
