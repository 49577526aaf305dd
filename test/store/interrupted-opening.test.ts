import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { openDatabase } from "../../src/store/database.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const holdDatabase = new URL("scripts/hold-database.ts", import.meta.url);
const dieAtStatement = new URL("scripts/die-at-statement.ts", import.meta.url);

async function expectWhole(location: string): Promise<void> {
  const database = await openDatabase({ location });
  await database.kysely.insertInto("kind_view").values({ name: "kept", definition: "" }).execute();
  await database.close();
  const again = await openDatabase({ location });
  expect(await again.kysely.selectFrom("kind_view").select("name").execute()).toEqual([{ name: "kept" }]);
  await again.close();
}

it.each(["pgdata.incomplete", "pgdata/base/1", "pgdata/pg_wal"])(
  "A first opening that is killed when %s appears is made good by the next",
  async (file) => {
    const location = await createTemporaryFolder();
    const script = startScript(holdDatabase, [location]);
    await vi.waitUntil(() => existsSync(join(location, file)), { interval: 1, timeout: 30_000 });
    const { stdout } = await script.kill();
    expect(stdout).toBe("");
    expect(existsSync(join(location, "pgdata.incomplete"))).toBe(true);
    await expectWhole(location);
    expect(existsSync(join(location, "pgdata.incomplete"))).toBe(false);
  },
);

describeOnDatabases("Migrations", ({ name, location }) => {
  it.each([2, 5, 7, 9])("that are killed before statement %d are made good by the next opening", async (statement) => {
    const where = name === "pglite" ? await createTemporaryFolder() : await location();
    const { signal, stdout } = await startScript(dieAtStatement, [where, String(statement)]).ended();
    expect({ signal, stdout }).toEqual({ signal: "SIGKILL", stdout: "" });
    await expectWhole(where);
  });
});
