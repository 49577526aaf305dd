import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterEach, beforeAll, expect, it } from "vitest";
import { AccessionError, type Catalog, type Source } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { expectEventually } from "./eventually.ts";
import { createHalt, createJobProvider, openEnrichedPlants } from "./enriched-plants.ts";
import { height, importPlant, runOf, present } from "./flora.ts";
import { expectLedgerMatchesJobs } from "./ledger-and-jobs.ts";

const day = 24 * 60 * 60 * 1000;
/** A source that is never asked over a network. */
const source = (name: string): Source<undefined> => ({ name, secrets: [], connect: () => undefined });

describeOnDatabases("What holds jobs back", ({ location }) => {
  const narrow = createJobProvider("narrow", { job: { concurrency: 3 } });
  const paid = createJobProvider("paid", { job: { concurrency: 1 }, budget: { microdollars: 1_000_000 } });
  const paused = createJobProvider("paused", { job: { concurrency: 1 } });
  const crowded = createJobProvider("crowded", { job: { concurrency: 2 } });
  const frail = createJobProvider("frail", { source: source("frail.example"), job: { concurrency: 1, attempts: 20 } });
  const sturdy = createJobProvider("sturdy", { source: source("sturdy.example") });
  const imaged = createJobProvider("imaged", { images: {}, job: { concurrency: 1 } });
  const busy = createJobProvider("busy", { source: source("busy.example"), job: { concurrency: 1 } });
  let catalog: Catalog;
  beforeAll(async () => {
    catalog = await openEnrichedPlants(await location(), [narrow, paid, paused, crowded, frail, sturdy, imaged, busy]);
    await catalog.jobs.work();
  });
  afterEach(() => expectLedgerMatchesJobs(catalog));

  const names = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix} ${index + 1}`);
  const stateOf = async (ids: readonly Parameters<typeof runOf>[1][], provider: string): Promise<unknown[]> =>
    Promise.all(ids.map(async (id) => (await runOf(catalog, id, provider))?.state));
  async function importAll(plants: readonly string[], provider: string) {
    const ids = [];
    for (const one of plants) ids.push(await importPlant(catalog, one, [provider]));
    return ids;
  }
  /** Lets the time pass for which the jobs of a provider wait. */
  const letTimePass = (provider: string) =>
    sql`update accession_jobs.job set start_after = now() where name = ${provider} and state = 'created'`.execute(
      catalog.kysely,
    );

  it("is its provider's concurrency: never more at once, and as many as that", async () => {
    let [now, most] = [0, 0];
    const plants = names("oak", 20);
    for (const one of plants) {
      narrow.does.set(one, async () => {
        most = Math.max(most, (now += 1));
        await pause(150);
        now -= 1;
        return height(1);
      });
    }
    const ids = await importAll(plants, "narrow");
    await expectEventually(() => stateOf(ids, "narrow")).toEqual(plants.map(() => "contributed"));
    expect(most).toBe(3);
  });

  it("is a budget: the job that finds it used up waits for the next day in UTC, and spends nothing", async () => {
    const plants = names("fig", 4);
    for (const one of plants) {
      paid.does.set(one, async (_sought, { charge }) => {
        charge({ microdollars: 400_000 });
        return height(1);
      });
    }
    const ids = await importAll(plants, "paid");
    await expectEventually(() => stateOf(ids, "paid")).toEqual(["contributed", "contributed", "contributed", "queued"]);
    const last = present(ids[3]);
    await expectEventually(() => runOf(catalog, last, "paid")).toMatchObject({
      attempt: 0,
      error: { code: "held-back", message: "paid has used up the 1.00 dollars of its day" },
    });
    const tomorrow = Math.ceil(Date.now() / day) * day;
    const nextAt = Date.parse((await runOf(catalog, last, "paid"))?.nextAt ?? "");
    expect(nextAt).toBeGreaterThanOrEqual(tomorrow);
    expect(nextAt).toBeLessThanOrEqual(tomorrow + 30_000);

    await sql`update accession.provider_use set day = day - 1 where provider = 'paid'`.execute(catalog.kysely);
    await letTimePass("paid");
    await expectEventually(() => runOf(catalog, last, "paid")).toMatchObject({ state: "contributed", attempt: 1 });
  });

  it("is a person who has paused its provider: one under way ends, the others wait until it is resumed", async () => {
    const halt = createHalt();
    paused.does.set("ash", async () => {
      await halt.wait();
      return height(1);
    });
    const postponed = Promise.withResolvers<unknown>();
    const end = catalog.on("run-postponed", postponed.resolve);
    const ash = await importPlant(catalog, "ash", ["paused"]);
    await halt.reached;
    await catalog.jobs.pause("paused");
    expect((await catalog.jobs.holds()).paused).toMatchObject([{ provider: "paused" }]);
    const elm = await importPlant(catalog, "elm", ["paused"]);
    halt.open();
    await expectEventually(() => runOf(catalog, ash, "paused")).toMatchObject({ state: "contributed" });
    expect(await postponed.promise).toMatchObject({ run: { itemId: elm }, reason: "paused is paused" });
    expect(await runOf(catalog, elm, "paused")).toMatchObject({ state: "queued", attempt: 0 });
    end();
    expect(await catalog.jobs.resume("paused")).toBe(true);
    expect(await catalog.jobs.resume("paused")).toBe(false);
    await letTimePass("paused");
    await expectEventually(() => runOf(catalog, elm, "paused")).toMatchObject({ state: "not-found", attempt: 1 });
    await expect(catalog.jobs.pause("nobody")).rejects.toMatchObject({ code: "provider-unknown" });
  });

  it("is a pause that hardly any of its jobs have to meet, however many wait: the others go on as soon as it is over", async () => {
    await catalog.jobs.pause("crowded");
    const postponed: unknown[] = [];
    const end = catalog.on("run-postponed", ({ run }) => postponed.push(run));
    const begun = performance.now();
    const ids = await importAll(names("fir", 40), "crowded");
    await expectEventually(() => postponed.length).toBeGreaterThan(0);
    for (const one of names("oak in the meantime", 8)) {
      const oak = await importPlant(catalog, one, ["sturdy"]);
      await catalog.jobs.wait(oak);
    }
    const met = postponed.length;
    // Two slots, every five seconds.
    expect(met).toBeLessThanOrEqual(2 * (1 + (performance.now() - begun) / 5_000));
    await catalog.jobs.resume("crowded");
    const over = async () => (await stateOf(ids, "crowded")).filter((state) => state === "not-found").length;
    await expectEventually(over).toBeGreaterThanOrEqual(40 - met - 2);
    end();
    await letTimePass("crowded");
    await expectEventually(over).toBe(40);
  });

  it("is a source that has failed five times in a row, until one job has tried it; other sources are asked", async () => {
    const events: string[] = [];
    const ends = [
      catalog.on("source-opened", ({ source: { length }, until }) =>
        events.push(`opened ${length > 0} ${Math.round((until.getTime() - Date.now()) / 60_000)} min`),
      ),
      catalog.on("source-closed", ({ source: name }) => events.push(`closed ${name}`)),
    ];
    const held = async () => (await catalog.jobs.holds()).sources.find((one) => one.source === "frail.example");
    const plants = names("yew", 6);
    let works = false;
    const halt = createHalt();
    for (const one of plants) {
      frail.does.set(one, async () => {
        if (!works) throw new AccessionError("source-unavailable", "Nobody answers", { retryable: true });
        await halt.wait();
        return height(1);
      });
    }
    const ids = await importAll(plants, "frail");
    await expectEventually(held).toMatchObject({
      failures: 5,
      reason: "Nobody answers",
      openUntil: expect.any(String) as unknown,
    });
    expect(frail.asked).toHaveLength(5);
    await expectEventually(() => stateOf(ids, "frail")).toEqual(plants.map(() => "queued"));
    const oak = await importPlant(catalog, "oak of another source", ["sturdy"]);
    await expectEventually(() => runOf(catalog, oak, "sturdy")).toMatchObject({ state: "not-found" });

    const timeIsOver = async (): Promise<void> => {
      await sql`update accession.source_breaker set open_until = now() where source = 'frail.example'`.execute(
        catalog.kysely,
      );
      await letTimePass("frail");
    };
    // Tried in vain by one alone, it is left alone for longer.
    await timeIsOver();
    await expectEventually(() => frail.asked.length).toBe(6);
    await expectEventually(() => events).toEqual(["opened true 1 min", "opened true 5 min"]);
    await expectEventually(() => stateOf(ids, "frail")).toEqual(plants.map(() => "queued"));
    expect(frail.asked).toHaveLength(6);
    // While one tries it, the others wait.
    works = true;
    await timeIsOver();
    await halt.reached;
    expect(frail.asked).toHaveLength(7);
    halt.open();
    await expectEventually(held).toBeUndefined();
    await letTimePass("frail");
    await expectEventually(() => stateOf(ids, "frail")).toEqual(plants.map(() => "contributed"));
    expect(events.slice(2)).toEqual(["closed frail.example"]);
    for (const end of ends) end();
  });

  it("is a source that says when to come back: nobody asks it before, and nobody pays for having asked", async () => {
    const plants = names("bay", 3);
    const asked = Date.now();
    for (const one of plants) {
      busy.does.set(one, async () => {
        throw new AccessionError("source-throttled", "Too many", { retryable: true, retryAfter: 3_600_000 });
      });
    }
    const ids = await importAll(plants, "busy");
    await expectEventually(async () =>
      (await Promise.all(ids.map((id) => runOf(catalog, id, "busy")))).map((one) => one?.nextAt ?? null),
    ).not.toContain(null);
    for (const id of ids) {
      const { state, attempt, nextAt } = present(await runOf(catalog, id, "busy"));
      expect({ state, attempt }).toEqual({ state: "queued", attempt: 0 });
      const wait = Date.parse(nextAt ?? "") - asked;
      expect(wait).toBeGreaterThanOrEqual(3_600_000);
      expect(wait).toBeLessThan(3_600_000 + 60_000);
    }
    expect(busy.asked).toHaveLength(1);
    expect((await catalog.jobs.holds()).sources).toContainEqual(
      expect.objectContaining({ source: "busy.example", failures: 0, reason: "Too many" }),
    );
  });

  it("is the place of the images that a provider without a source names, as of any source", async () => {
    const plants = names("ivy", 3);
    for (const one of plants) {
      imaged.does.set(one, async () => {
        throw new AccessionError("source-throttled", "Too many", { retryable: true, retryAfter: 3_600_000 });
      });
    }
    const ids = await importAll(plants, "imaged");
    await expectEventually(async () =>
      (await Promise.all(ids.map((id) => runOf(catalog, id, "imaged")))).map((one) => one?.nextAt ?? null),
    ).not.toContain(null);
    expect(imaged.asked).toHaveLength(1);
    expect((await catalog.jobs.holds()).sources).toContainEqual(
      expect.objectContaining({ source: "imaged", reason: "Too many" }),
    );
  });

  it("a source that asks to be left alone for years is asked once a day", async () => {
    busy.does.set("moss", async () => {
      throw new AccessionError("source-throttled", "Too many", { retryable: true, retryAfter: 1_000 * day });
    });
    await sql`delete from accession.source_breaker where source = 'busy.example'`.execute(catalog.kysely);
    const moss = await importPlant(catalog, "moss", ["busy"]);
    await expectEventually(async () => (await runOf(catalog, moss, "busy"))?.nextAt ?? null).not.toBeNull();
    const wait = Date.parse((await runOf(catalog, moss, "busy"))?.nextAt ?? "") - Date.now();
    expect(wait).toBeGreaterThan(day - 60_000);
    expect(wait).toBeLessThan(day + 60_000);
    await catalog.jobs.cancel({ provider: "busy" });
  });
});
