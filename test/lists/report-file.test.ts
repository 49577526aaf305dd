import { mkdir, readdir, readFile, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { openListFile } from "../../src/lists/list-file.ts";
import { openReport } from "../../src/lists/report-file.ts";
import { album } from "../../src/music/index.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
beforeEach(async () => {
  folder = await createTemporaryFolder();
});
const at = (name: string): string => join(folder, name);
const write = async (name: string, text: string): Promise<string> => {
  await writeFile(at(name), text);
  return at(name);
};
const read = (name: string): Promise<string> => readFile(at(name), "utf8");

describe("a report on disk", () => {
  it("is written whole, over what was there, and leaves nothing else behind", async () => {
    const report = await openReport(await write("a.csv", "old"));
    await report.write(Buffer.from("new"));
    await report.write(Buffer.from("newer"));
    expect(await read("a.csv")).toBe("newer");
    expect(await readdir(folder)).toEqual(["a.csv"]);
  });

  it("goes beside a file that somebody has changed meanwhile", async () => {
    const report = await openReport(await write("a.csv", "old"));
    await report.write(Buffer.from("ours"));
    await write("a.csv", "theirs");
    await utimes(at("a.csv"), 1, 1);
    await report.write(Buffer.from("ours again"));
    expect(await read("a.csv")).toBe("theirs");
    expect(report.path()).toBe(at("a.2.csv"));
    expect(await read("a.2.csv")).toBe("ours again");
  });

  it("follows a symbolic link", async () => {
    await write("real.csv", "old");
    await symlink(at("real.csv"), at("link.csv"));
    await (await openReport(at("link.csv"))).write(Buffer.from("new"));
    expect(await read("real.csv")).toBe("new");
  });
});

describe("a list's file", () => {
  const list = "title\nThe Wall\n";

  it("has its report beside it, and a report has it in its own place", async () => {
    const { report } = await openListFile(album, await write("best.csv", list));
    expect(report.path()).toBe(at("best.report.csv"));
    expect(await read("best.report.csv")).toContain("The Wall,pending");
    expect((await openListFile(album, at("best.report.csv"))).report.path()).toBe(at("best.report.csv"));
    expect((await openListFile(album, await write("plain", "A - B\n"))).report.path()).toBe(at("plain.report.csv"));
  });

  it("is read anew over an earlier report, unless that holds choices that no run has taken", async () => {
    const file = await write("best.csv", list);
    await openListFile(album, file);
    await openListFile(album, file);
    await write("best.report.csv", "title,accession_status,accession_id\nThe Wall,ambiguous,x\n");
    await expect(openListFile(album, file)).rejects.toMatchObject({
      code: "query-invalid",
      message: expect.stringContaining("holds 1 id in accession_id that no run has taken"),
    });
    await openListFile(album, file, { report: at("other.csv") });
    expect(await read("best.report.csv")).toContain("ambiguous,x");
  });

  it("is refused where it is not there, or its report would destroy something", async () => {
    const file = await write("best.csv", list);
    await mkdir(at("folder"));
    await write("letter.csv", "Dear Sir\n");
    const refusals = [
      [at("nobody.csv"), {}, /There is no file/],
      [at("folder"), {}, /is a folder/],
      [file, { report: file }, /over the list/],
      [file, { report: at("letter.csv") }, /is no report/],
      [file, { report: at("nowhere/a.csv") }, /cannot be written/],
    ] as const;
    for (const [path, options, message] of refusals) {
      await expect(openListFile(album, path, options), message.source).rejects.toMatchObject({
        code: "query-invalid",
        message: expect.stringMatching(message),
      });
    }
    expect(await read("letter.csv")).toBe("Dear Sir\n");
  });
});
