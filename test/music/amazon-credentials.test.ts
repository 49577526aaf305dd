import { inspect } from "node:util";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Catalog, defineImporter, definePack, defineProvider, type ImportResult } from "../../src/index.ts";
import { album, music } from "../../src/music/index.ts";
import { openSandbox, openTestCatalog, type Sandbox } from "../../src/testing/index.ts";
import {
  again,
  amazonOf,
  amazonPack,
  amazonRequestsOf,
  darkSide,
  openAmazonCatalog,
  outcomeOf,
} from "../support/amazon-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";

// Each catalogue is a PostgreSQL in memory, which takes a second or more to open.
vi.setConfig({ testTimeout: 120_000 });

let sandbox: Sandbox;
/** Shared by the tests that need nothing of their own; each asks for what it looks at. */
let catalog: Catalog;
beforeAll(async () => {
  sandbox = await openSandbox();
  catalog = await openAmazonCatalog(sandbox);
});
afterEach(() => sandbox.faults.clear());
afterAll(async () => {
  await catalog.close();
  await sandbox.close();
});

/** {@link amazonRequestsOf} this file's sandbox. */
const requestsOf = <Result>(work: () => Promise<Result>) => amazonRequestsOf(sandbox, work);

describe("the token", () => {
  it("is asked for once by twenty imports at the same time", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    sandbox.amazon.endTokens();
    sandbox.faults.add({ kind: "latency", wait: 50, on: "/amazon/" });
    const { result, paths } = await requestsOf(() =>
      Promise.all(Array.from({ length: 20 }, () => catalog.enrich(item, again))),
    );
    expect(result.map((one) => outcomeOf(one)?.status)).toEqual(Array.from({ length: 20 }, () => "contributed"));
    expect(paths.filter((path) => path.endsWith("/token"))).toEqual(["auth/o2/token"]);
    expect(result.every((one) => (outcomeOf(one)?.requests ?? 0) > 0)).toBe(true);
  });

  it("is replaced once when Amazon refuses it, and the request repeated", async () => {
    const item = itemOf(await catalog.import(album, darkSide));
    sandbox.amazon.endTokens();
    const { result, paths } = await requestsOf(() => catalog.enrich(item, again));
    expect(outcomeOf(result)?.status).toBe("contributed");
    expect(paths).toEqual(["catalog/v1/getItems", "auth/o2/token", "catalog/v1/getItems", "catalog/v1/searchItems"]);
  });

  it("that is about to end is renewed before it is used", async () => {
    await using own = await openSandbox({ tokenLifetime: 30 });
    await using shop = await openAmazonCatalog(own);
    const item = itemOf(await shop.import(album, darkSide));
    await shop.enrich(item, again);
    expect(own.requests.filter(({ path }) => path.endsWith("/token"))).toHaveLength(3);
    expect(own.requests.filter(({ status }) => status === 401)).toEqual([]);
  });

  it("of a legacy credential is asked for by a form, and shown with its version", async () => {
    await using shop = await openAmazonCatalog(sandbox, amazonOf(sandbox, 2));
    const { result, paths } = await requestsOf(() => shop.import(album, darkSide));
    expect(outcomeOf(result)?.status).toBe("contributed");
    expect(paths[0]).toBe("oauth2/token");
  });
});

describe("credentials", () => {
  it("that are not set skip Amazon, at no cost and without a job, and the reason says how to set them", async () => {
    await using shop = await openTestCatalog({
      packs: [music({ musicbrainz: { url: sandbox.url }, amazon: { url: sandbox.amazon.url, partnerTag: "x-20" } })],
    });
    const { result, paths } = await requestsOf(() => shop.import(album, darkSide));
    expect(outcomeOf(result)).toMatchObject({
      status: "skipped",
      requests: 0,
      reason: expect.stringMatching(/ACCESSION_AMAZON_CREDENTIAL_ID, ACCESSION_AMAZON_CREDENTIAL_SECRET: set/),
    });
    expect(paths).toEqual([]);
    const runs = (await shop.explain(itemOf(result))).runs.filter((run) => run.provider === "amazon");
    expect(runs).toMatchObject([{ state: "skipped" }]);
  });

  it("and tokens are in no log, no error and no row", async () => {
    const logged: unknown[] = [];
    const note = (details: object, message: string): void => void logged.push({ ...details, message });
    const log = { debug: note, info: note, warn: note, error: note };
    await using shop = await openAmazonCatalog(sandbox, amazonOf(sandbox), log);
    const results: ImportResult[] = [await shop.import(album, darkSide)];
    for (const fault of ["reset", "not-json", "truncated", "wrong-shape"] as const) {
      for (const on of ["/token", "searchItems"]) {
        sandbox.amazon.endTokens();
        const remove = sandbox.faults.add({ kind: fault, on });
        results.push(await shop.import(album, darkSide, again));
        remove();
      }
    }
    const rows: unknown[] = [];
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'accession'`.execute(shop.kysely);
    for (const { name } of tables) {
      rows.push(...(await sql`select to_jsonb(t) from ${sql.table(`accession.${name}`)} t`.execute(shop.kysely)).rows);
    }
    const errors = results
      .map((one) => outcomeOf(one))
      .map((one) => (one?.status === "failed" ? one.error : undefined));
    const everything = [logged, rows, errors.map((one) => [one?.message, one?.stack, String(one?.cause)])];
    const text = JSON.stringify(everything);
    expect(errors.filter(Boolean).length).toBeGreaterThan(3);
    expect(logged.length).toBeGreaterThan(5);
    expect(text).toContain("B0SBXDSM01");
    expect(text).not.toContain(sandbox.amazon.credentialSecret);
    expect(text).not.toContain("sandbox-token-");
    expect(text).not.toContain("creatorsapi::default");
  });

  it("fetched on the way, which are tokens, are masked in what any provider says, though nobody named them", async () => {
    const logged: unknown[] = [];
    const note = (details: object, message: string): void => void logged.push({ ...details, message });
    const tokens = new Set<string>();
    const watching: typeof fetch = async (input, init) => {
      const token = /^Bearer ([^\s,]+)/.exec(new Headers(init?.headers).get("authorization") ?? "")?.[1];
      if (token !== undefined) tokens.add(token);
      return fetch(input, init);
    };
    const careless = defineProvider(album, {
      name: "careless",
      async provide(_sought, { log }) {
        log.warn({ tokens: [...tokens] }, `It is ${[...tokens].join()}`);
        throw new Error(`No ${[...tokens].join()}`);
      },
    });
    const pack = amazonPack(sandbox, { ...amazonOf(sandbox, 2), fetch: watching });
    await using shop = await openTestCatalog({
      packs: [
        pack,
        definePack({ name: "careless", importers: [defineImporter({ kind: album, providers: [careless] })] }),
      ],
      log: { debug: note, info: note, warn: note, error: note },
    });
    const result = await shop.import(album, darkSide);
    const { runs } = await shop.explain(itemOf(result));
    expect(outcomeOf(result)?.status).toBe("contributed");
    expect([...tokens]).toEqual([expect.stringContaining("sandbox-token-")]);
    expect(logged).toContainEqual({ tokens: ["***"], message: "It is ***" });
    expect(runs.find((one) => one.provider === "careless")?.error?.message).toContain("No ***");
    expect(inspect([result, runs, logged], { depth: 20, showHidden: true })).not.toContain("sandbox-token-");
  });

  it("and keys are masked in what any provider of the catalogue throws, with its causes", async () => {
    const keys = { amazon: "planted-secret-5150", model: "planted-key-2112" };
    const said = `No ${keys.amazon}, no ${keys.model}!`;
    const careless = defineProvider(album, {
      name: "careless",
      provide: () => Promise.reject(new Error(said, { cause: new Error(said) })),
    });
    await using shop = await openTestCatalog({
      packs: [
        music({
          musicbrainz: { url: sandbox.url },
          amazon: { credentialSecret: ` ${keys.amazon} ` },
          description: { model: "openai:gpt-5-mini", apiKey: keys.model },
        }),
        definePack({ name: "careless", importers: [defineImporter({ kind: album, providers: [careless] })] }),
      ],
    });
    const result = await shop.import(album, darkSide);
    const outcome = result.providers.find((one) => one.provider === "careless");
    const { runs } = await shop.explain(itemOf(result));
    const run = runs.find((one) => one.provider === "careless");
    expect(run?.error?.message).toContain("No ***, no ***!");
    expect(inspect([outcome, run], { depth: 20, showHidden: true })).not.toContain("planted-");
  });
});
