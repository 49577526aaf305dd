import type { TestProject } from "vitest/node";
import { buildSeed } from "../../scripts/build-seed.ts";
import { startPostgresServer } from "./postgres-server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The URL of the run's PostgreSQL server. */
    postgresUrl: string;
  }
}

/** Starts the one PostgreSQL server of a test run; what it returns stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildSeed();
  const server = await startPostgresServer();
  project.provide("postgresUrl", server.url);
  return () => server.stop();
}
