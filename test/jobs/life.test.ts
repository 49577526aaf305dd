import { afterEach, beforeAll, expect, it } from "vitest";
import { AccessionError, type Catalog, type CatalogEvents, later, notFound, skipped } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { expectEventually } from "./eventually.ts";
import { createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { height, importPlant, runOf, present } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

const unavailable = (): Promise<never> =>
  Promise.reject(new AccessionError("source-unavailable", "The garden is closed", { retryable: true }));

describeOnDatabases("A background run", ({ location }) => {
  const archive = createJobProvider("archive");
  const careful = createJobProvider("careful", { unavailable: () => "its key is not set" });
  const hasty = createJobProvider("hasty", { deadline: 50, job: { attempts: 1 } });
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await openEnrichedPlants(await location(), [archive, careful, hasty]);
    await catalog.jobs.work();
  });
  afterEach(() => expectLedgerMatchesJobs(catalog));

  const run = (id: Parameters<typeof runOf>[1], provider = "archive") => runOf(catalog, id, provider);
  const expectRun = (id: Parameters<typeof runOf>[1], provider = "archive") =>
    expectEventually(() => run(id, provider));

  it("is queued with a job of its own by the import, runs, and enriches the item that is there already", async () => {
    let during: unknown;
    archive.does.set("oak", async (_sought, { charge }) => {
      during = await run(oak);
      charge({ microdollars: 1_500, tokens: 700 });
      return height(20);
    });
    const result = await catalog.import(plant, { id: "oak" }, { providers: ["flora", "archive"] });
    expect(result).toMatchObject({
      status: "created",
      item: { attributes: { name: "oak" } },
      providers: expect.arrayContaining([
        { provider: "archive", status: "queued", requests: 0, jobId: expect.any(String) as unknown },
      ]) as unknown,
    });
    const oak = present("item" in result ? result.item : undefined).id;
    await expectRun(oak).toMatchObject({ state: "contributed" });
    expect(during).toMatchObject({ state: "running", attempt: 1, finishedAt: null, nextAt: null });
    const after = await run(oak);
    expect(after).toMatchObject({ attempt: 1, microdollars: 1_500, tokens: 700, error: null, nextAt: null });
    expect(Date.parse(after?.finishedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(after?.startedAt ?? ""));
    expect((await catalog.get(oak))?.attributes).toEqual({ name: "oak", height: 20 });
    expect((await catalog.jobs.holds()).used).toContainEqual({ provider: "archive", requests: 0, microdollars: 1_500 });
  });

  it("that its source does not know the item by ends as not found, and one that does not apply says why", async () => {
    archive.does.set("elm", () => Promise.resolve(notFound));
    archive.does.set("fir", () => Promise.resolve(skipped("out of season")));
    const [elm, fir] = [await importPlant(catalog, "elm", ["archive"]), await importPlant(catalog, "fir", ["archive"])];
    await expectRun(elm).toMatchObject({ state: "not-found", attempt: 1, error: null });
    await expectRun(fir).toMatchObject({ state: "skipped", error: { code: "skipped", message: "out of season" } });
    expect(archive.asked).toEqual(expect.arrayContaining(["elm", "fir"]));
  });

  it("that fails is tried again after a while, until it succeeds", async () => {
    const events: (readonly [itemId: string, ...said: unknown[]])[] = [];
    const ends = [
      catalog.on("run-started", ({ run: { itemId }, attempt }) => events.push([itemId, "started", attempt])),
      catalog.on("run-postponed", ({ run: { itemId }, until, reason }) =>
        events.push([itemId, until > new Date(0), reason]),
      ),
      catalog.on("run-settled", ({ run: { itemId }, outcome, dead }) => events.push([itemId, outcome.status, dead])),
    ];
    let tries = 0;
    archive.does.set("ash", () => ((tries += 1) < 3 ? unavailable() : Promise.resolve(height(30))));
    const ash = await importPlant(catalog, "ash", ["archive"]);
    await expectRun(ash).toMatchObject({ state: "contributed", attempt: 3, error: null });
    const postponed = [ash, true, "The garden is closed"];
    // A run is told of after it is written down: those of the tests before may still be.
    await expectEventually(() => events.filter(([itemId]) => itemId === ash)).toEqual([
      [ash, "started", 1],
      postponed,
      [ash, "started", 2],
      postponed,
      [ash, "started", 3],
      [ash, "contributed", false],
    ]);
    expect(tries).toBe(3);
    for (const end of ends) end();
  });

  it("whose last try fails is dead, with the reason, what the try cost, and an event that says so", async () => {
    const settled: CatalogEvents["run-settled"][] = [];
    const end = catalog.on("run-settled", (one) => settled.push(one));
    archive.does.set("yew", (_sought, { charge }) => {
      charge({ microdollars: 5 });
      return unavailable();
    });
    const yew = await importPlant(catalog, "yew", ["archive"]);
    const error = { code: "source-unavailable", message: "The garden is closed" };
    await expectRun(yew).toMatchObject({ state: "dead", attempt: 3, error, microdollars: 5, nextAt: null });
    expect(archive.asked.filter((id) => id === "yew")).toHaveLength(3);
    await expectEventually(() => settled.filter(({ run: { itemId } }) => itemId === yew)).toMatchObject([
      { outcome: { status: "failed", error }, dead: true },
    ]);
    end();
  });

  it("that fails for good is not tried again, be it a refusal or a bug of the provider", async () => {
    archive.does.set("box", () => Promise.reject(new AccessionError("source-rejected", "No such garden")));
    archive.does.set("bay", () => Promise.reject(new TypeError("Cannot read properties of undefined")));
    const [box, bay] = [await importPlant(catalog, "box", ["archive"]), await importPlant(catalog, "bay", ["archive"])];
    await expectRun(box).toMatchObject({ state: "failed", attempt: 1, error: { code: "source-rejected" } });
    await expectRun(bay).toMatchObject({ state: "failed", attempt: 1, error: { code: "defect" } });
    expect(archive.asked.filter((id) => id === "box" || id === "bay")).toHaveLength(2);
  });

  it("that was dead or failed has all its tries again once it is forced, or retried", async () => {
    archive.does.set("box", unavailable);
    const box = await importPlant(catalog, "box", ["archive"]);
    await expectRun(box).toMatchObject({ state: "dead", attempt: 3 });
    const before = archive.asked.length;
    expect(await catalog.jobs.retry({ itemId: box })).toBe(1);
    await expectRun(box).toMatchObject({ state: "dead", attempt: 3 });
    expect(archive.asked).toHaveLength(before + 3);
  });

  it("that its source wants to be asked for later spends no try, however often", async () => {
    let tries = 0;
    archive.does.set("may", async () => ((tries += 1) <= 4 ? later(0.05, "the gardener is at lunch") : height(3)));
    const may = await importPlant(catalog, "may", ["archive"]);
    await expectRun(may).toMatchObject({ state: "contributed", attempt: 1 });
    expect(tries).toBe(5);
  });

  it("that takes longer than its provider's deadline is broken off as a time-out", async () => {
    const aborted = Promise.withResolvers<boolean>();
    hasty.does.set("fig", (_sought, { signal }) => {
      signal.addEventListener("abort", () => aborted.resolve(true));
      return new Promise(() => undefined);
    });
    const fig = await importPlant(catalog, "fig", ["hasty"]);
    await expectRun(fig, "hasty").toMatchObject({ state: "dead", attempt: 1, error: { code: "source-timeout" } });
    expect(await aborted.promise).toBe(true);
  });

  it("is waited for by whoever wants to see its end, unless it waits for longer than they do", async () => {
    archive.does.set("rue", () => Promise.resolve(height(1)));
    archive.does.set("tea", () => Promise.resolve(later(3_600, "the gardener is on holiday")));
    const [rue, tea] = [await importPlant(catalog, "rue", ["archive"]), await importPlant(catalog, "tea", ["archive"])];
    const states = async (id: typeof rue) => (await catalog.jobs.wait(id)).map((one) => [one.provider, one.state]);
    expect(await states(rue)).toContainEqual(["archive", "contributed"]);
    expect(await states(tea)).toContainEqual(["archive", "queued"]);
    await catalog.jobs.cancel({ itemId: tea });
  });

  it("is skipped without a job where its provider cannot work", async () => {
    const ivy = await importPlant(catalog, "ivy", ["careful"]);
    expect(await run(ivy, "careful")).toMatchObject({
      state: "skipped",
      jobId: null,
      error: { message: "its key is not set" },
    });
    expect(careful.asked).toEqual([]);
  });
});
