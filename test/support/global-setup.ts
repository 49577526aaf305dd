import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { buildSeed } from "../../scripts/build-seed.ts";
import { openDatabase } from "../../src/store/database.ts";
import { removeAfterDeath } from "./afterlife.ts";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The URL of the run's PostgreSQL server. */
    postgresUrl: string;
    /** Where the run's temporary folders are. */
    runFolder: string;
    /** A folder with an empty PGlite catalogue, to be copied: that takes half as long as making one. */
    catalogueTemplate: string;
  }
}

/** Starts the one PostgreSQL server of a test run and makes the template catalogue; what it returns removes both. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildSeed();
  const folder = await mkdtemp(join(tmpdir(), "accession-test-"));
  const callOff = removeAfterDeath(folder);
  const template = join(folder, "template");
  await mkdir(template);
  await (await openDatabase({ location: template })).close();
  const server = await startPostgresServer();
  project.provide("postgresUrl", server.url);
  project.provide("runFolder", folder);
  project.provide("catalogueTemplate", template);
  return async () => {
    await server.stop();
    callOff();
    await rm(folder, { recursive: true, force: true });
  };
}
