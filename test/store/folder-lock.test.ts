import { symlink, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { AccessionError } from "../../src/engine/errors.ts";
import { openDatabase } from "../../src/store/database.ts";
import { holderFile, lockFile, openFolderLock } from "../../src/store/folder-lock.ts";
import { startScript } from "../support/child-script.ts";
import { createCatalogueFolder } from "../support/databases.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const holdDatabase = new URL("scripts/hold-database.ts", import.meta.url);

function locked(pid: number): unknown {
  return expect.objectContaining({
    code: "database-locked",
    message: expect.stringMatching(new RegExp(`process \\(?${pid}\\b`)) as unknown,
  });
}

it("A folder that another process has open is refused, naming that process, and free when it closes", async () => {
  const location = await createCatalogueFolder();
  const holder = startScript(holdDatabase, [location]);
  await holder.printed("open");
  await expect(openDatabase({ location })).rejects.toEqual(locked(holder.pid));
  holder.stdin.end();
  expect(await holder.ended()).toMatchObject({ code: 0, stdout: "open\nclosed\n", stderr: "" });
  await (await openDatabase({ location })).close();
});

it("A folder is free as soon as its holder has been killed", async () => {
  const location = await createCatalogueFolder();
  const holder = startScript(holdDatabase, [location]);
  await holder.printed("open");
  await holder.kill();
  const database = await openDatabase({ location });
  expect(database.location).toBe(location);
  await database.close();
});

it("A folder is refused to this process as well, however it is spelled", async () => {
  const location = await createCatalogueFolder();
  const link = join(await createTemporaryFolder(), "link");
  await symlink(location, link);
  const database = await openDatabase({ location });
  const spellings = [
    location,
    `${location}/`,
    link,
    join(link, ".", "pgdata", ".."),
    relative(process.cwd(), location),
  ];
  for (const spelling of spellings) {
    await expect(openDatabase({ location: spelling }), spelling).rejects.toEqual(locked(process.pid));
  }
  await database.close();
  await (await openDatabase({ location: link })).close();
});

it("A lock outlives the refusal of others", async () => {
  const folder = await createTemporaryFolder();
  const lock = await openFolderLock(folder);
  onTestFinished(() => lock.release());
  await expect(openFolderLock(folder)).rejects.toEqual(locked(process.pid));
  const other = startScript(holdDatabase, [folder]);
  expect(await other.ended()).toMatchObject({ code: 1, stderr: expect.stringContaining("database-locked") as unknown });
});

it("A note of a holder means nothing without the lock, even when its pid has come to run again", async () => {
  const folder = await createTemporaryFolder();
  const note = { pid: process.ppid, command: "gone", host: "", since: "2020-01-01T00:00:00.000Z" };
  await writeFile(join(folder, holderFile), JSON.stringify(note));
  const lock = await openFolderLock(folder);
  expect(lock).toBeDefined();
  lock.release();
});

it("A lock file that is something else is a configuration error", async () => {
  const folder = await createTemporaryFolder();
  await writeFile(join(folder, lockFile), "not SQLite at all, but long enough to be looked at ".repeat(10));
  const error: unknown = await openFolderLock(folder).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AccessionError);
  expect(error).toMatchObject({ code: "configuration-invalid" });
});

it("Locking prints no warning", async () => {
  const module = pathToFileURL(join(import.meta.dirname, "../../src/store/folder-lock.ts")).href;
  const folder = await createTemporaryFolder();
  const script = pathToFileURL(join(folder, "lock.ts"));
  const other = "process.emitWarning('another', 'ExperimentalWarning');";
  await writeFile(script, `import { openFolderLock } from "${module}"; await openFolderLock("${folder}"); ${other}`);
  const { code, stderr } = await startScript(script).ended();
  expect(code).toBe(0);
  expect(stderr).toContain("ExperimentalWarning: another");
  expect(stderr).not.toContain("SQLite");
});
