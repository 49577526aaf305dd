import { afterAll } from "vitest";
import { type Catalog, type CatalogOptions, openCatalog } from "../../src/index.ts";
import { music } from "../../src/music/index.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/open-sandbox.ts";

const open = new Set<{ close(): Promise<void> }>();
afterAll(async () => {
  for (const one of [...open].toReversed()) await one.close();
  open.clear();
});

/** Starts a sandbox, closed after the test file. */
export async function openTestSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await openSandbox(options);
  open.add(sandbox);
  return sandbox;
}

/** Opens a catalogue of music on a sandbox, closed after the test file; `statements` fills with its SQL. */
export async function openMusicCatalog(
  database: string,
  sandbox: Sandbox,
  options: Partial<CatalogOptions> & { readonly interval?: number } = {},
): Promise<Catalog & { readonly statements: string[] }> {
  const statements: string[] = [];
  const { interval, ...rest } = options;
  const musicbrainz = { url: sandbox.url, ...(interval !== undefined && { interval }) };
  const catalog = await openCatalog({
    database,
    packs: [music({ musicbrainz })],
    onStatement: (sql) => statements.push(sql),
    ...rest,
  });
  open.add(catalog);
  return Object.assign(catalog, { statements });
}

/** What the sandbox's data set holds, as far as tests name it. */
export const known = {
  pinkFloyd: "83d91898-7763-47d7-b03b-b92132375c47",
  darkSide: "f5093c06-23e3-404f-aeaa-40f72885ee3a",
  nirvanaUs: "5b11f4ce-a62d-471e-81fc-a69a8278c7da",
  nirvanaUk: "9282c8b4-ca0b-4c6b-b7e3-4f7762dfc4d6",
  motorhead: "57961a97-3796-4bf7-9f02-a985a8979ae9",
  motorheadMerged: "0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10",
  bushOfGhosts: "b2ca739d-48e0-4f1d-a62a-02fa42ca0146",
  aceOfSpades: "1dbe6b9e-3bdd-41d5-95cb-c50b51d273c9",
  aceOfSpadesMerged: "7d2f4c66-3a0b-4e57-8f19-2b9c6e4d1a33",
  sigurRos: "f6f2326f-6b25-4170-b89d-e235b25508e8",
} as const;
