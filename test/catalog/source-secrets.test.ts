import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type Catalog,
  contributed,
  createHttpSource,
  defineProvider,
  type HttpClient,
  later,
  openCatalog,
  type Provider,
  skipped,
  type Source,
} from "../../src/index.ts";
import { enrichedPlants, importPlant, present, runOf } from "../jobs/flora.ts";
import { openServer, type TestServer } from "../sources/test-server.ts";
import { createEverythingTold, inside } from "../support/everything-told.ts";
import { plant } from "../support/spoken-provider.ts";

// No letters of these are in any other text.
const [key, token] = ["k3y-5up3rs3cr3t", "t0k3n-5up3rs3cr3t"];
const spilt = /5up3r/;
const echo = z.object({ echo: z.string() });

let server: TestServer;
beforeAll(async () => {
  // It repeats what it was asked with: in an answer, in a refusal, and where a long one is cut.
  server = await openServer(({ url = "", headers: { authorization = "" } }, response) => {
    const said = `${url.replace(/\?.*/, "")} with ${authorization}`;
    response.statusCode = url.startsWith("/refused") ? 400 : 200;
    const error = url.startsWith("/refused-at-length") ? `${"so ".repeat(52)}${said}` : `No ${said}`;
    response.end(JSON.stringify(response.statusCode === 200 ? { echo: said } : { error }));
  });
});
afterAll(() => server[Symbol.asyncDispose]());

/** All that its author had to write: whose word a request goes by. Nothing is declared beside it. */
const keyed = (): Source<HttpClient> =>
  createHttpSource({
    name: "keyed",
    baseUrl: server.url,
    interval: 0,
    userAgent: "test/1",
    attempts: 1,
    // What it answers with stays as it is, here as everywhere; this test is about everything else.
    keepsSnapshots: false,
    authorisation: { secrets: [key], header: () => Promise.resolve(`Bearer ${key}`), refused() {} },
  });
/** One whose credential is known to nobody before the first request, and which a careless author has wrapped. */
const renewed = (): Source<HttpClient> => {
  const http = createHttpSource({
    name: "renewed",
    baseUrl: server.url,
    interval: 0,
    userAgent: "test/1",
    attempts: 1,
    // What it answers with stays as it is, here as everywhere; this test is about everything else.
    keepsSnapshots: false,
    authorisation: { secrets: [], header: () => Promise.resolve(`Bearer ${token}, Version 2.3`), refused() {} },
  });
  return { name: http.name, secrets: [], connect: (session) => http.connect(session) };
};
/** One that is no HTTP service and logs what it does. */
const talkative: Source<{ ask(): string }> = {
  name: "talkative",
  secrets: [key],
  connect: (session) => ({
    ask() {
      session.keepSecret(token);
      session.log.info({ sent: { key, tokens: [token] } }, `asked with ${key} and ${token}`);
      return token;
    },
  }),
};

/** Does with what its source repeats as the plant's id says. */
function careless(name: string, run: "inline" | "background", source: Source<HttpClient>): Provider<typeof plant> {
  return defineProvider<typeof plant, HttpClient>(plant, {
    name,
    run,
    source,
    job: { attempts: 1 },
    async provide(sought, { client, log }) {
      const id = sought.identifier("flora.plant") ?? "";
      const answer = await client.getJson(`/${id}`, echo);
      const said = answer.status === "absent" ? "" : answer.data.echo;
      if (id === "thrown") throw new Error(`It knows ${said}`, { cause: { said } });
      if (id === "skipped") return skipped(`It knows ${said}`);
      if (id === "later") return later(0, `It knows ${said}`);
      log.warn({ said, err: new Error(said), nested: new Map([["said", [said]]]) }, `It knows ${said}`);
      return contributed({ attributes: { height: 1 } });
    },
  });
}

describe.each(["keyed", "renewed"] as const)("What a source is asked with, %s,", (name) => {
  const everything = createEverythingTold();
  let catalog: Catalog;
  beforeAll(async () => {
    const source = { keyed, renewed }[name]();
    catalog = await openCatalog({
      database: "memory:",
      packs: [enrichedPlants([careless("inline", "inline", source), careless("job", "background", source)])],
      log: everything.log,
      tracer: everything.tracer,
    });
    everything.hear(catalog);
  });
  afterAll(() => catalog.close());

  it.each(["refused", "refused-at-length", "thrown", "skipped", "later", "logged"])(
    "and repeats is in no result, error, log, event, span or row: %s",
    async (id) => {
      const result = await catalog.import(plant, { id }, { providers: ["flora", "inline"] });
      everything.told.push(result);
      const [outcome] = result.providers.filter((one) => one.provider === "inline");
      const expected = { logged: "contributed", skipped: "skipped" }[id] ?? "failed";
      expect(outcome?.status).toBe(expected);
      const text = await everything.text(catalog);
      expect(text).toContain(id.startsWith("refused") ? "***" : `It knows /${id} with ***`);
      expect(text).not.toMatch(spilt);
    },
  );

  it("is in no job, and in nothing that is told of one", async () => {
    const ids = ["refused", "thrown", "skipped", "logged"];
    const items = new Map<string, Awaited<ReturnType<typeof importPlant>>>();
    for (const id of ids) items.set(id, await importPlant(catalog, id, ["job"]));
    const worker = await catalog.jobs.work();
    for (const item of items.values()) await catalog.jobs.wait(item);
    await worker.close();
    const run = await runOf(catalog, present(items.get("refused")), "job");
    expect(run?.error?.message).toContain("with status 400: No /refused with ***");
    expect(await everything.text(catalog)).not.toMatch(spilt);
  });
});

it("What a source is asked with is known before the first request leaves", async () => {
  const thrown = { status: "failed", error: { message: expect.stringContaining("No ***") as unknown } };
  const quoting = defineProvider<typeof plant, HttpClient>(plant, {
    name: "quoting",
    source: keyed(),
    provide: () => Promise.reject(new Error(`No ${key}`)),
  });
  await using catalog = await openCatalog({ database: "memory:", packs: [enrichedPlants([quoting])] });
  const { providers } = await catalog.import(plant, { id: "oak" });
  expect(providers.find(({ provider }) => provider === "quoting")).toMatchObject(thrown);
});

it("An import that is broken off throws no secret", async () => {
  const cancelling = new AbortController();
  const quoting = defineProvider<typeof plant, HttpClient>(plant, {
    name: "quoting",
    source: keyed(),
    provide() {
      cancelling.abort();
      throw new Error(`No ${key}`);
    },
  });
  await using catalog = await openCatalog({ database: "memory:", packs: [enrichedPlants([quoting])] });
  const thrown: unknown = await catalog
    .import(plant, { id: "oak" }, { signal: cancelling.signal })
    .catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: "cancelled", cause: { message: "No ***" } });
  expect(inside(thrown)).not.toMatch(spilt);
});

it("A provider that logs its key, and a source that logs a token, show neither", async () => {
  const everything = createEverythingTold();
  const quoting = defineProvider<typeof plant, { ask(): string }>(plant, {
    name: "quoting",
    source: talkative,
    async provide(_sought, { client, log }) {
      log.debug({ key, url: new URL(`https://example.org/?key=${key}`) }, `The key is ${key}`);
      const thrown = client.ask();
      log.error({ err: new Error(`No ${thrown}`) }, "It broke");
      return contributed({ attributes: { height: 1 } });
    },
  });
  await using catalog = await openCatalog({
    database: "memory:",
    packs: [enrichedPlants([quoting])],
    log: everything.log,
  });
  await catalog.import(plant, { id: "oak" });
  expect(everything.told).toMatchObject([
    { key: "***", url: "https://example.org/?key=***", message: "The key is ***" },
    { sent: { key: "***", tokens: ["***"] }, message: "asked with *** and ***" },
    { err: { message: "No ***", stack: expect.stringContaining("source-secrets.test.ts") }, message: "It broke" },
  ]);
  expect(await everything.text(catalog)).not.toMatch(spilt);
});

it("A key that stands in a query is in no log, span or row, the kept answer's included, which is found again", async () => {
  const everything = createEverythingTold();
  const source = createHttpSource({
    name: "queried",
    baseUrl: server.url,
    interval: 0,
    userAgent: "test/1",
    attempts: 1,
    secrets: [key],
  });
  const asking = defineProvider<typeof plant, HttpClient>(plant, {
    name: "asking",
    source,
    async provide(sought, { client }) {
      const path = sought.identifier("flora.plant") === "refused" ? "refused" : "found";
      await client.getJson(`/${path}?key=${key}`, echo);
      return contributed({ attributes: { height: 1 } });
    },
  });
  const unable = defineProvider<typeof plant, HttpClient>(plant, {
    name: "unable",
    source,
    unavailable: () => `The key ${key} has ended`,
    provide: () => Promise.resolve(skipped("never")),
  });
  await using catalog = await openCatalog({
    database: "memory:",
    packs: [enrichedPlants([asking, unable])],
    log: everything.log,
    tracer: everything.tracer,
  });
  const before = server.paths.length;
  for (const id of ["refused", "oak", "ash"]) everything.told.push(await catalog.import(plant, { id }));
  expect(server.paths.slice(before)).toEqual([`/refused?key=${key}`, `/found?key=${key}`]);
  const text = await everything.text(catalog);
  expect(text).toContain("/found?key=***");
  expect(text).toContain("The key *** has ended");
  expect(text).not.toMatch(spilt);
});
