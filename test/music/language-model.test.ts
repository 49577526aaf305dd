import { inspect } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Catalog, Item, Log } from "../../src/index.ts";
import { artist, type DescriptionOptions, music } from "../../src/music/index.ts";
import { createLanguageModel } from "../../src/sources/language-model.ts";
import type { ModelOptions } from "../../src/sources/model-choice.ts";
import { openSandbox, openTestCatalog, type Sandbox } from "../../src/testing/index.ts";
import { createSession } from "../sources/session-double.ts";
import { withInline } from "../support/inline-pack.ts";
import { itemOf } from "../support/plant-catalog.ts";

const open: { close(): Promise<void> }[] = [];
const logged: unknown[] = [];
const note = (details: object, message: string): void => void logged.push(details, message);
const log: Log = { debug: note, info: note, warn: note, error: note };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
  open.push(sandbox);
});
afterAll(async () => {
  for (const one of open.toReversed()) await one.close();
});
beforeEach(() => {
  sandbox.faults.clear();
  logged.length = 0;
});

async function openDescribed(
  description: DescriptionOptions,
  options: { readonly deadline?: number } = {},
): Promise<{
  readonly catalog: Catalog;
  readonly item: Item<typeof artist>;
  readonly ask: () => ReturnType<typeof describeAgain>;
}> {
  const pack = music({ musicbrainz: { url: sandbox.url }, description });
  const catalog = await openTestCatalog({ packs: [withInline(pack, "description", options.deadline)], log });
  open.push(catalog);
  const item = itemOf(await catalog.import(artist, { name: "Pink Floyd" }, { providers: ["musicbrainz"] }));
  return { catalog, item, ask: () => describeAgain(catalog, item) };
}

async function describeAgain(catalog: Catalog, item: Item<typeof artist>) {
  const result = await catalog.enrich(item, { providers: ["description"] });
  const outcome = result.providers.find((one) => one.provider === "description");
  return {
    outcome,
    error: outcome?.status === "failed" ? outcome.error : undefined,
    text: itemOf(result).attributes["description"],
    run: (await catalog.explain(item)).runs.find((one) => one.provider === "description"),
  };
}

const local = (model: string): DescriptionOptions => ({ model, url: sandbox.languageModelUrl });

describe("an OpenAI-compatible server", () => {
  let model = "describe";
  const textOf = (body: unknown): string => (typeof body === "string" ? body : "");
  let ask: () => ReturnType<typeof describeAgain>;
  // One catalogue for all of the sandbox's models: which one is asked is settled on the way.
  const switching: typeof fetch = (input, init) =>
    fetch(input, { ...init, body: textOf(init?.body).replace('"describe"', JSON.stringify(model)) });
  beforeAll(async () => {
    const options = { ...local("describe"), price: { input: 1, output: 2 }, fetch: switching };
    ask = (await openDescribed(options)).ask;
  });
  beforeEach(() => {
    model = "describe";
  });

  it("describes an artist, and tells its tokens", async () => {
    const { text, run } = await ask();
    expect(text).toMatch(/^The .+ of Pink Floyd is .+\. The .+ of Pink Floyd is/);
    expect(run).toMatchObject({ state: "contributed", requests: 1 });
    expect(run?.tokens).toBeGreaterThan(100);
    expect(run?.microdollars).toBeGreaterThan(run?.tokens ?? 0);
  });

  it.each([
    ["abstains", "abstain"],
    ["cites nothing", "uncited"],
    ["does what a fact told it", "obedient"],
  ])("that %s gives no description", async (_what, named) => {
    model = named;
    expect(await ask()).toMatchObject({ outcome: { status: "not-found" }, run: { state: "not-found", requests: 1 } });
  });

  it("that writes markup has what it wrote refused with its addresses", async () => {
    model = "markup";
    expect(await ask()).toMatchObject({ outcome: { status: "not-found" } });
    expect(logged).toContainEqual(expect.objectContaining({ refused: ["holds an address", "holds an address"] }));
  });

  it("that answers with no JSON is asked twice", async () => {
    model = "broken";
    const { error, run } = await ask();
    expect(error).toMatchObject({ code: "source-response-invalid", retryable: false });
    expect(run).toMatchObject({ state: "failed", requests: 2 });
  });

  it("that has no such model is a setting to correct", async () => {
    model = "gpt-99";
    const { error } = await ask();
    expect(error).toMatchObject({ code: "configuration-invalid", retryable: false });
    expect(error?.message).toContain("ACCESSION_AI_MODEL");
  });

  it("that fails is tried again by the job and never within it", async () => {
    for (const [fault, expected] of [
      [
        { kind: "status", status: 429, retryAfter: 7 },
        { code: "source-throttled", retryable: true, retryAfter: 7_000 },
      ],
      [
        { kind: "status", status: 500, body: "html" },
        { code: "source-unavailable", retryable: true },
      ],
      [{ kind: "reset" }, { code: "source-unavailable", retryable: true }],
      [{ kind: "truncated" }, { code: "source-unavailable", retryable: true }],
      [{ kind: "not-json" }, { code: "source-response-invalid", retryable: true }],
      [{ kind: "wrong-shape" }, { code: "source-response-invalid", retryable: true }],
    ] as const) {
      sandbox.faults.clear();
      sandbox.faults.add({ ...fault, on: "/ai/" });
      const before = sandbox.requests.length;
      expect((await ask()).error, fault.kind).toMatchObject(expected);
      expect(sandbox.requests.length - before, fault.kind).toBe(1);
    }
  });

  it("that does not answer is let go at the provider's deadline", async () => {
    const { ask: impatient } = await openDescribed(local("describe"), { deadline: 300 });
    sandbox.faults.add({ kind: "hang", on: "/ai/" });
    expect((await impatient()).error).toMatchObject({ code: "source-timeout", retryable: true });
  });
});

describe("the key of a language model", () => {
  const key = "expired-sk-5up3rs3cr3t";
  const spilt = /5up3rs3cr3t/;

  const careless: typeof fetch = async () =>
    Response.json({ type: "error", error: { type: "odd", message: `No ${key}, no!` } }, { status: 400 });

  it("is in no log, no error and no row, whatever the server repeats", async () => {
    const { catalog, ask } = await openDescribed({ ...local("describe"), apiKey: key });
    const { error } = await ask();
    expect(error).toMatchObject({ code: "configuration-invalid", retryable: false });
    expect(error?.message).toContain("ACCESSION_AI_API_KEY");
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(spilt);
    const rows = await sql`select to_jsonb(r) as row from accession.provider_run r`.execute(catalog.kysely);
    expect(JSON.stringify(rows.rows)).not.toMatch(spilt);
    expect(inspect(logged, { depth: 20 })).not.toMatch(spilt);
  });

  it.each([
    ["http://localhost/v1", "llama3.2:3b"],
    ["", "openai:gpt-5-mini"],
    ["", "anthropic:claude-haiku-4-5"],
  ])("is masked in what a server of %j says of %s", async (url, model) => {
    const thrown: unknown = await askDirectly({ url, model, apiKey: key, fetch: careless }).catch(
      (one: unknown) => one,
    );
    expect(thrown).toMatchObject({
      code: "source-rejected",
      message: expect.stringContaining("No ***, no!") as unknown,
    });
    expect(inspect(thrown, { depth: 20, showHidden: true })).not.toMatch(spilt);
  });

  it("goes to the service that the model's name begins with, and nowhere else", async () => {
    const asked: { readonly host: string; readonly headers: Headers }[] = [];
    const recording: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      asked.push({ host: new URL(request.url).host, headers: request.headers });
      return Response.json({ error: { message: "no" } }, { status: 500 });
    };
    process.env["OPENAI_BASE_URL"] = "https://elsewhere.example/v1";
    try {
      for (const model of ["openai:gpt-5-mini", "anthropic:claude-haiku-4-5"]) {
        await expect(askDirectly({ model, apiKey: key, fetch: recording })).rejects.toMatchObject({ retryable: true });
      }
    } finally {
      delete process.env["OPENAI_BASE_URL"];
    }
    expect(asked.map(({ host }) => host)).toEqual(["api.openai.com", "api.anthropic.com"]);
    expect(asked[0]?.headers.get("authorization")).toBe(`Bearer ${key}`);
    expect(asked[1]?.headers.get("x-api-key")).toBe(key);
  });
});

async function askDirectly(options: ModelOptions): Promise<unknown> {
  const context = { signal: new AbortController().signal, log, charge: () => {} };
  const question = { schema: z.object({ word: z.string() }), instructions: "Say a word.", prompt: "Which?" };
  return createLanguageModel(options).ask(question, context);
}

describe("a language model that is not set, or cannot be", () => {
  it("makes a skipped provider that says which setting it lacks, without a job", async () => {
    for (const [options, setting] of [
      [{}, "ACCESSION_AI_MODEL"],
      [{ model: "openai:gpt-5-mini" }, "ACCESSION_AI_API_KEY"],
    ] as const) {
      const catalog = await openTestCatalog({
        packs: [music({ musicbrainz: { url: sandbox.url }, description: options })],
      });
      open.push(catalog);
      const result = await catalog.import(artist, { name: "Pink Floyd" });
      expect(result.providers.find((one) => one.provider === "description")).toMatchObject({
        status: "skipped",
        reason: expect.stringContaining(setting) as unknown,
      });
      const { runs } = await catalog.explain(itemOf(result));
      expect(runs.find((one) => one.provider === "description")).toMatchObject({ state: "skipped", tokens: 0 });
    }
  });

  it.each([
    [{ model: "gpt-5-mini" }, "names no service"],
    [{ model: "llama3.2", url: "localhost" }, "no web address"],
    [{ model: "llama3.2", url: "http://me:s3cret@localhost/v1" }, "holds a password"],
    [{ model: "llama3.2", url: "http://localhost/v1", price: { input: -1, output: 0 } }, "no amount"],
    [{ model: "llama3.2", url: "http://localhost/v1", budget: 5 }, "takes the model's price"],
    [{ model: "llama3.2", url: "http://localhost/v1", budget: 0, price: { input: 1, output: 1 } }, "budget"],
  ])("is refused when the pack is made: %j", (description, why) => {
    const make = () => music({ description });
    expect(make).toThrow(expect.objectContaining({ code: "configuration-invalid" }) as Error);
    expect(make).toThrow(why);
    expect(make).not.toThrow("s3cret");
  });

  it("is not asked offline", async () => {
    const client = createLanguageModel(local("describe")).connect(createSession({ offline: true }));
    const question = { schema: z.object({}), instructions: "", prompt: "" };
    const context = { signal: new AbortController().signal, log, charge: () => {} };
    await expect(client.ask(question, context)).rejects.toMatchObject({ code: "source-offline" });
  });

  it("has its budget as the provider's, in millionths of a dollar", () => {
    const pack = music({ description: { ...local("describe"), price: { input: 1, output: 2 }, budget: 2.5 } });
    const budgets = pack.importers.flatMap(({ kind, providers }) =>
      providers.filter((one) => one.name === "description").map(({ budget }) => [kind.name, budget]),
    );
    expect(budgets).toEqual([
      ["music.artist", { microdollars: 2_500_000 }],
      ["music.album", { microdollars: 2_500_000 }],
    ]);
  });
});
