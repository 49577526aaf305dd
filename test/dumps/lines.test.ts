import { describe, expect, it } from "vitest";
import { linesOf } from "../../src/dumps/lines.ts";

/** The bytes of a text, so many a chunk. */
async function* chunksOf(content: string | Buffer, length: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length);
}

async function read(content: string | Buffer, length = 1_000, longest?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(chunksOf(content, length), longest)) lines.push(line);
  return lines;
}

describe("The lines of a file", () => {
  it("are the same however its bytes are cut, also within a character", async () => {
    const lines = ["Björk", "山口百恵", "🎸 a guitar", "", "plain"];
    for (let length = 1; length < 12; length += 1) {
      expect(await read(`${lines.join("\n")}\n`, length)).toEqual(lines);
    }
  });

  it("come without their ends, without a byte order mark, and with the last one that has no end", async () => {
    const mark = "\u{feff}";
    for (const length of [1, 2, 100]) {
      expect(await read(`${mark}one\r\ntwo\r\n\r\n${mark}three`, length)).toEqual(["one", "two", "", `${mark}three`]);
    }
    expect(await read("")).toEqual([]);
    expect(await read("\n")).toEqual([""]);
  });

  it("say of one that is not UTF-8 or too long that it is, and go on", async () => {
    const broken = Buffer.concat([Buffer.from("one\n"), Buffer.from([0x61, 0xff, 0x62]), Buffer.from("\ntwo")]);
    expect(await read(broken)).toEqual(["one", "not UTF-8: a\u{fffd}b", "two"]);
    for (const length of [3, 7, 10_000]) {
      const long = await read(`one\n${"x".repeat(5_000)}\ntwo\n${"y".repeat(20)}`, length, 2_000);
      expect(long).toEqual(["one", `longer than 2000 bytes: ${"x".repeat(1_000)}`, "two", "y".repeat(20)]);
    }
  });

  it("are all there before the error of a stream that breaks off; the one under way is not", async () => {
    async function* breaking(): AsyncGenerator<Buffer> {
      yield Buffer.from("one\ntwo\nthr");
      throw new Error("broke off");
    }
    const seen: string[] = [];
    await expect(async () => {
      for await (const line of linesOf(breaking())) seen.push(line);
    }).rejects.toThrow("broke off");
    expect(seen).toEqual(["one", "two"]);
  });

  it("are read no further than they are asked for", async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (;;) {
        taken += 1;
        yield Buffer.from("a line\n");
      }
    }
    const lines = linesOf(endless());
    for (let asked = 0; asked < 10; asked += 1) await lines.next();
    await lines.return(undefined);
    expect(taken).toBe(10);
  });
});
