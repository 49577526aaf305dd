import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { artistLine } from "../../bench/dump-documents.ts";
import { type Dump, openDump, openDumpStream } from "../../src/dumps/dump.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { dumpOf, tarOf } from "./tar-archive.ts";

const fixture = new URL("fixtures/artist.tar.xz", import.meta.url);
const lines = Array.from({ length: 500 }, (_, number) => artistLine(number));
const text = `${lines.join("\n")}\n`;

async function write(content: string | Buffer, name = "file"): Promise<string> {
  const path = join(await createTemporaryFolder(), name);
  await writeFile(path, content);
  return path;
}

/** All that a dump gives, and how it ends. */
async function readAll(dump: Dump): Promise<{ readonly lines: string[]; readonly error?: unknown }> {
  const read: string[] = [];
  try {
    for await (const line of dump.lines()) read.push(line);
    return { lines: read };
  } catch (error) {
    return { lines: read, error };
  } finally {
    await dump.close();
  }
}

async function readContent(content: string | Buffer, name?: string) {
  const dump = await openDump(await write(content, name));
  return { dump, ...(await readAll(dump)) };
}

describe("A dump", () => {
  it.each([
    ["plain lines", text, undefined],
    ["zstd", zstdCompressSync(text), undefined],
    [
      "two frames of zstd, one after the other",
      Buffer.concat([zstdCompressSync(text.slice(0, 5_000)), zstdCompressSync(text.slice(5_000))]),
      undefined,
    ],
    ["gzip", gzipSync(text), undefined],
    ["an archive", dumpOf("artist", lines), "artist"],
    ["an archive in zstd", zstdCompressSync(dumpOf("artist", lines)), "artist"],
    ["an archive in gzip, and that in zstd", zstdCompressSync(gzipSync(dumpOf("artist", lines))), "artist"],
  ])("is told by its bytes, whatever its name: %s", async (_what, content, entity) => {
    const { dump, lines: read, error } = await readContent(content, "misleading.xz");
    expect(error).toBeUndefined();
    expect(dump.entity).toBe(entity);
    expect(read.length).toBe(lines.length);
    expect(read.join("\n") === lines.join("\n")).toBe(true);
    expect(dump.bytesRead()).toBe(dump.size);
  });

  it("may be what MusicBrainz has: tar in xz, with the number of its form behind the documents", async () => {
    const { dump, lines: read, error } = await readContent(await readFile(fixture), "artist.tar.xz");
    expect(error).toBeUndefined();
    expect(dump.entity).toBe("artist");
    expect(read).toHaveLength(120);
    expect(read.every((line) => typeof (JSON.parse(line) as { id: unknown }).id === "string")).toBe(true);
  });

  it.each(["octal", "binary", "pax"] as const)("may say the size of its documents in %s", async (size) => {
    const archive = tarOf([
      { name: "JSON_DUMPS_SCHEMA_NUMBER", content: "1\n" },
      { name: "./README", content: "x".repeat(700) },
      { name: "mbdump/release-group", content: text, size },
      { name: "TIMESTAMP", content: "now" },
    ]);
    const { dump, lines: read, error } = await readContent(archive);
    expect([dump.entity, error]).toEqual(["release-group", undefined]);
    expect(read).toEqual(lines);
  });

  it.each([
    ["xz", () => readFile(fixture)],
    ["zstd", async () => zstdCompressSync(dumpOf("artist", lines))],
    ["gzip", async () => gzipSync(dumpOf("artist", lines))],
    ["tar", async () => dumpOf("artist", lines)],
  ])("that was cut off gives every complete line before that, and then says so: %s", async (form, make) => {
    const whole = await make();
    const all = (await readContent(whole)).lines;
    for (const share of [0.4, 0.7, 0.95]) {
      const cut = await readContent(whole.subarray(0, Math.floor(whole.length * share)));
      expect(cut.error).toMatchObject({ code: "file-invalid", message: expect.stringContaining(form) });
      expect(cut.lines.length).toBeGreaterThan(all.length * share * 0.5);
      expect(cut.lines).toEqual(all.slice(0, cut.lines.length));
    }
  });

  it("that was cut off in an archive loses not one complete line", async () => {
    const archive = dumpOf("artist", lines);
    const end = archive.indexOf(lines[300] ?? "");
    for (const cut of [end, end + 1, end + 100]) {
      const content = archive.subarray(0, cut);
      expect((await readContent(content)).lines).toEqual(lines.slice(0, 300));
    }
  });

  it("whose bytes were changed is refused", async () => {
    const content = Buffer.from(await readFile(fixture));
    const middle = Math.floor(content.length / 2);
    content.writeUInt8(content.readUInt8(middle) ^ 0xff, middle);
    expect((await readContent(content)).error).toMatchObject({ code: "file-invalid" });
  });

  it("of another form is refused: at once, or after its documents where the number comes behind them", async () => {
    const before = tarOf([
      { name: "JSON_DUMPS_SCHEMA_NUMBER", content: "2" },
      { name: "mbdump/artist", content: text },
    ]);
    await expect(openDump(await write(before))).rejects.toMatchObject({ code: "file-invalid" });
    const behind = await readContent(dumpOf("artist", lines, "2"));
    expect(behind.lines).toEqual(lines);
    expect(behind.error).toMatchObject({ code: "file-invalid", message: expect.stringContaining("of form 2") });
  });

  it.each([
    ["nothing", ""],
    ["nothing, compressed", gzipSync("")],
    ["something else", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1, 2])],
    ["one JSON array", "[{},\n{}]"],
    ["an archive without documents", tarOf([{ name: "mbdump.txt", content: "x" }])],
    [
      "an archive that is damaged",
      Buffer.concat([
        tarOf([{ name: "README", content: "x" }])
          .subarray(0, 512)
          .fill("7", 124, 135),
        Buffer.alloc(1024),
      ]),
    ],
    ["compressed over and over", [1, 2, 3, 4, 5].reduce((content) => gzipSync(content), Buffer.from("{}"))],
  ])("is not %s", async (_what, content) => {
    await expect(openDump(await write(content))).rejects.toMatchObject({ code: "file-invalid" });
  });

  it("that is not there, or a folder, is a mistake in the command", async () => {
    const folder = await createTemporaryFolder();
    await expect(openDump(folder)).rejects.toMatchObject({ code: "query-invalid" });
    await expect(openDump(join(folder, "none"))).rejects.toMatchObject({ code: "query-invalid" });
  });

  it("is known again when it was cut off or moved, and not taken for another", async () => {
    const packed = gzipSync(text, { level: 1 });
    const nameOf = async (content: string | Buffer) => (await readContent(content)).dump.name;
    const name = await nameOf(packed);
    expect(name).toMatch(/^file [0-9a-f]{24}$/);
    expect(packed.length).toBeGreaterThan(80_000);
    expect(await nameOf(packed.subarray(0, 70_000))).toBe(name);
    expect(await nameOf(gzipSync(text.replace("name", "nane")))).not.toBe(name);
    expect(await nameOf(text)).not.toBe(await nameOf(`${text}{}\n`));
  });

  it("may be a stream, which is not known again", async () => {
    async function* stream(): AsyncGenerator<Buffer> {
      const content = zstdCompressSync(dumpOf("recording", lines));
      for (let from = 0; from < content.length; from += 777) yield content.subarray(from, from + 777);
    }
    const dump = await openDumpStream(Readable.from(stream()), new AbortController().signal);
    expect([dump.entity, dump.name, dump.size]).toEqual(["recording", undefined, undefined]);
    expect((await readAll(dump)).lines).toEqual(lines);
  });

  it("may be a stream of which nothing comes, and is then let go when the signal says so, or it is closed", async () => {
    const controller = new AbortController();
    const silent = new PassThrough();
    const opening = openDumpStream(silent, controller.signal);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ code: "cancelled" });

    const begun = new PassThrough();
    begun.write(`${lines[0]}\n${" ".repeat(600)}`);
    const dump = await openDumpStream(begun, new AbortController().signal);
    const read = dump.lines();
    expect(await read.next()).toMatchObject({ value: lines[0] });
    const waiting = read.next().catch((thrown: unknown) => String(thrown));
    await dump.close();
    expect(begun.destroyed).toBe(true);
    await waiting;
  });

  it("that nobody reads to its end can be closed, and opened again", async () => {
    const path = await write(await readFile(fixture));
    for (let turn = 0; turn < 3; turn += 1) {
      const dump = await openDump(path);
      for await (const line of dump.lines()) {
        expect(line).toContain('"id"');
        break;
      }
      await dump.close();
    }
  });
});
