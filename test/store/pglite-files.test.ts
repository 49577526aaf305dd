import { expect, it } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { prefetchPgliteFiles, readPgliteFiles } from "../../src/store/databases/pglite-files.ts";

it("PGlite is compiled once a process, and each opening gets bytes of its own", async () => {
  prefetchPgliteFiles();
  prefetchPgliteFiles();
  const [first, second] = await Promise.all([readPgliteFiles(), readPgliteFiles()]);
  expect(second.pgliteWasmModule).toBe(first.pgliteWasmModule);
  const [one, other] = await Promise.all([first.fsBundle.arrayBuffer(), second.fsBundle.arrayBuffer()]);
  expect(other).not.toBe(one);
  expect(other.byteLength).toBe(one.byteLength);
});

it("two databases in one process know nothing of each other", async () => {
  const [first, second] = await Promise.all([
    openDatabase({ location: "memory:" }),
    openDatabase({ location: "memory:", schema: "other" }),
  ]);
  await first.kysely.schema.createTable("only_here").execute();
  const tables = await second.kysely.introspection.getTables();
  expect(tables.map((table) => table.name)).not.toContain("only_here");
  expect(tables.map((table) => table.schema)).not.toContain("accession");
  await Promise.all([first.close(), second.close()]);
});
