import { afterAll, beforeAll, expect, it, vi } from "vitest";
import {
  AccessionError,
  type Catalog,
  contributed,
  defineProjection,
  defineProvider,
  type ImportResult,
  later,
  openCatalog,
  type Provision,
  skipped,
  type Source,
} from "../../src/index.ts";
import { enrichedPlants, importPlant, runOf } from "../jobs/flora.ts";
import { createListedGarden, openListedGardens } from "../many/listed-gardens.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf } from "../support/plant-catalog.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { createEverythingTold, inside } from "../support/everything-told.ts";
import { plant } from "../support/spoken-provider.ts";

// Every spelling of it has these letters, and nothing else has.
const spilt = /5up3rs3cr3t/;
const secret = `k "5up3rs3cr3t"/+é`;
const refusal = `The key ${secret} is refused`;
const down = { retryable: true };

/** What a careless provider does with its secret, by the plant that it is asked about. */
const careless: Readonly<Record<string, () => Provision<typeof plant>>> = {
  bug: () => raise(new Error(refusal)),
  "a bug's cause": () => raise(new Error("It broke", { cause: new Error(refusal, { cause: refusal }) })),
  "a bug's request": () =>
    raise(Object.assign(new Error("It broke"), { config: { headers: new Map([["key", secret]]) } })),
  text: () => raise(refusal as unknown as Error),
  object: () => raise({ key: secret, toString: () => refusal } as unknown as Error),
  "error of ours": () => raise(new AccessionError("source-rejected", refusal)),
  "cause of ours": () =>
    raise(new AccessionError("source-rejected", "It is refused", { cause: new AggregateError([new Error(refusal)]) })),
  "error to be tried again": () => raise(new AccessionError("source-unavailable", refusal, down)),
  JSON: () => raise(new Error(JSON.stringify({ key: secret }))),
  "URL's query": () => raise(new Error(`GET /?${new URLSearchParams({ key: secret }).toString()}`)),
  "URL's path": () => raise(new Error(`GET /${encodeURIComponent(secret)}`)),
  "wish to wait": () => later(0, refusal),
  "reason to skip": () => skipped(refusal),
};
const cases = Object.keys(careless);

function raise(thrown: Error): never {
  throw thrown;
}

const vault = (secrets: Source["secrets"]): Source<undefined> => ({
  name: "vault",
  secrets,
  connect: () => undefined,
});

const provider = (name: string, run: "inline" | "background") =>
  defineProvider<typeof plant>(plant, {
    name,
    run,
    source: vault([secret]),
    job: { attempts: 2, backOff: 1, longestBackOff: 1 },
    async provide(sought) {
      const id = sought.identifier("flora.plant") ?? "";
      return careless[id]?.() ?? contributed({ attributes: { height: 1 } });
    },
  });

describeOnDatabases("A secret that a provider quotes", ({ location }) => {
  const everything = createEverythingTold();
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await openCatalog({
      database: await location(),
      packs: [enrichedPlants([provider("quoting", "inline"), provider("archive", "background")])],
      projections: [
        defineProjection(plant, {
          name: "prices",
          async project(_transaction, { item }) {
            if (item.attributes.height !== undefined) throw new Error(refusal);
          },
        }),
      ],
      log: everything.log,
      tracer: everything.tracer,
    });
    everything.hear(catalog);
  });
  afterAll(() => catalog.close());

  it.each(cases)("within an import is in no result, log, span or row: %s", async (id) => {
    const result: ImportResult<typeof plant> = await catalog.import(plant, { id }, { providers: ["flora", "quoting"] });
    everything.told.push(result);
    const outcome = result.providers.find((one) => one.provider === "quoting");
    expect(["failed", "skipped"]).toContain(outcome?.status);
    expect(inside(outcome)).not.toMatch(spilt);
    expect((await runOf(catalog, itemOf(result).id, "quoting"))?.state).toBe(outcome?.status);
    expect(await everything.text(catalog)).not.toMatch(spilt);
  });

  it("in the background is in no event, log, span, row or job either, and the rest of what was said is told", async () => {
    const ids = new Map<string, Awaited<ReturnType<typeof importPlant>>>();
    // Not one whose wish to wait is granted again and again.
    for (const id of [...cases.filter((one) => one !== "wish to wait"), "projected"])
      ids.set(id, await importPlant(catalog, id, ["archive"]));
    const worker = await catalog.jobs.work();
    for (const itemId of ids.values()) await catalog.jobs.wait(itemId);
    await worker.close();
    const runs = new Map<string, unknown>();
    for (const [id, itemId] of ids) runs.set(id, await runOf(catalog, itemId, "archive"));
    const message = "The key *** is refused";
    expect(Object.fromEntries(runs)).toMatchObject({
      bug: { state: "failed", error: { code: "defect", message: expect.stringContaining(message) as unknown } },
      "error of ours": { state: "failed", error: { code: "source-rejected", message } },
      "error to be tried again": { state: "dead", attempt: 2, error: { code: "source-unavailable", message } },
      "reason to skip": { state: "skipped", error: { message } },
      projected: { state: "failed", error: { code: "projection-failed" } },
    });
    const text = await everything.text(catalog);
    expect(text).toContain(message);
    expect(text).not.toMatch(spilt);
  });

  it("leaves the kind of an error, whether it may be tried again, and its stack", async () => {
    const again = await catalog.import(plant, { id: "error to be tried again" }, { providers: ["quoting"] });
    const [outcome] = again.providers.filter((one) => one.provider === "quoting");
    if (outcome?.status !== "failed") throw new Error("it did not fail");
    expect(outcome.error).toBeInstanceOf(AccessionError);
    expect(outcome.error).toMatchObject({ code: "source-unavailable", retryable: true });
    expect(outcome.error.stack).toContain("secrets.test.ts");
    const bug = await catalog.import(plant, { id: "a bug's cause" }, { providers: ["quoting"] });
    const [broken] = bug.providers.filter((one) => one.provider === "quoting");
    expect(broken).toMatchObject({
      error: {
        cause: { message: "It broke", cause: { message: "The key *** is refused", cause: "The key *** is refused" } },
      },
    });
  });
});

it("The database's password is a secret like any other", async () => {
  const { url: database } = await createPostgresDatabase();
  const { password } = new URL(database);
  const quoting = defineProvider(plant, {
    name: "quoting",
    provide: () =>
      Promise.reject(new AccessionError("source-rejected", `Not ${decodeURIComponent(password)}, ${password}`)),
  });
  await using catalog = await openCatalog({ database, packs: [enrichedPlants([quoting])] });
  const item = itemOf(await catalog.import(plant, { id: "oak" }));
  expect(await runOf(catalog, item.id, "quoting")).toMatchObject({ error: { message: "Not ***, ***" } });
});

it("What a listing says of what it refuses is masked as well", async () => {
  const { url: database } = await createPostgresDatabase();
  const { password } = new URL(database);
  const listed = createListedGarden();
  listed.pages = [{ contributions: [], refused: [{ id: "torn", reason: `Not with ${password}` }] }];
  await using catalog = await openListedGardens(database, listed);
  const { refused } = await catalog.importMany(plant, { garden: { id: "kew" } });
  expect(refused).toEqual([{ id: "torn", reason: "Not with ***" }]);
});

it("The password of PGPASSWORD is one too, where the database's URL has none", async () => {
  const { url } = await createPostgresDatabase();
  const { password } = new URL(url);
  const database = url.replace(`:${password}@`, "@");
  vi.stubEnv("PGPASSWORD", decodeURIComponent(password));
  try {
    const said = `Not ${decodeURIComponent(password)}`;
    const quoting = defineProvider(plant, {
      name: "quoting",
      provide: () => Promise.reject(new AccessionError("source-rejected", said)),
    });
    await using catalog = await openCatalog({ database, packs: [enrichedPlants([quoting])] });
    const item = itemOf(await catalog.import(plant, { id: "oak" }));
    expect(await runOf(catalog, item.id, "quoting")).toMatchObject({ error: { message: "Not ***" } });
  } finally {
    vi.unstubAllEnvs();
  }
});

it("What holds no secret is told as it was thrown", async () => {
  const thrown = new Error("It broke", { cause: { status: 500 } });
  const broken = defineProvider<typeof plant>(plant, {
    name: "broken",
    source: vault([secret, undefined, "", "br"]),
    provide: () => Promise.reject(thrown),
  });
  await using catalog = await openCatalog({ database: "memory:", packs: [enrichedPlants([broken])] });
  const result = await catalog.import(plant, { id: "oak" });
  const outcome = result.providers.find((one) => one.provider === "broken");
  expect(outcome?.status === "failed" && outcome.error.cause).toBe(thrown);
});
