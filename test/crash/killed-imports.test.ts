import { cp, rm } from "node:fs/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { openDatabase } from "../../src/store/database.ts";
import { canonical, type CatalogueRows, expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases, type TestedDatabase } from "../support/databases.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { crashPacks, type CrashingImport, imports, openForCrash, saveSteps } from "./crashing-imports.ts";

const dieAtStep = new URL("scripts/die-at-step.ts", import.meta.url);
/** Two inline providers save once each; the background one is enqueued in the first of these saves. */
const steps = ["found", "matched", "provided", ...saveSteps, "matched", "provided", ...saveSteps];
/** Children at once: as many as the smallest machine that runs these tests has cores. */
const width = 2;

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** Makes the tables of {@link openForCrash} in an empty database. */
async function createCrashTables(location: string): Promise<void> {
  const { kysely, close } = await openDatabase({ location });
  await sql`
    create table job (item_id uuid not null, provider text not null);
    create table shelf (item_id uuid primary key, title text not null, version integer not null)`.execute(kysely);
  await close();
}

/** Gives databases that hold no item, only the tables of {@link openForCrash}. */
async function emptyDatabases({ name, location }: TestedDatabase): Promise<() => Promise<string>> {
  if (name === "postgres") {
    return async () => {
      const url = await location();
      await createCrashTables(url);
      return url;
    };
  }
  const template = await location();
  await createCrashTables(template);
  return async () => {
    const folder = await createTemporaryFolder();
    await cp(template, folder, { recursive: true });
    return folder;
  };
}

async function importTo(database: string, name: CrashingImport): Promise<{ rows: CatalogueRows; told: string[] }> {
  const told: string[] = [];
  const catalog = await openForCrash(database, sandbox.url, (step) => told.push(step));
  const result = await imports[name](catalog);
  await catalog.close();
  expect(result.status).not.toBe("failed");
  return { rows: await readCatalogue(database, ["job", "shelf"]), told };
}

describeOnDatabases("Killed at any step, then run again in a new process", (database) => {
  it.each(Object.keys(imports) as CrashingImport[])(
    "the import of %s leaves the catalogue that an undisturbed one leaves",
    async (name) => {
      const create = await emptyDatabases(database);
      const undisturbed = await importTo(await create(), name);
      expect(undisturbed.told).toEqual(steps);
      expect(undisturbed.rows["job"]).toHaveLength(1);
      const whole = canonical(undisturbed.rows);

      // PGlite takes seconds to open, and the way there is the same: the two steps around each commit stand for all.
      const isKept = (step: string): boolean =>
        database.name === "postgres" || step === "projected" || step === "committed";
      const waiting = [...steps.entries()].filter(([, step]) => isKept(step));
      const dieAndRepeat = async (): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [index, step] = next;
          const occurrence = steps.slice(0, index + 1).filter((one) => one === step).length;
          const where = `killed at "${step}" number ${occurrence}`;
          const location = await create();
          const child = startScript(dieAtStep, [location, sandbox.url, name, step, String(occurrence)]);
          expect(await child.ended(), where).toEqual({ code: null, signal: "SIGKILL", stdout: "", stderr: "" });
          const { rows } = await importTo(location, name);
          expect(canonical(rows), where).toEqual(whole);
          expectConsistent(rows, crashPacks(sandbox.url));
          // 40 MB each; a URL is no file's path.
          await rm(location, { recursive: true, force: true });
        }
      };
      await Promise.all(Array.from({ length: width }, dieAndRepeat));
    },
    600_000,
  );
});
