import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { AccessionError, type Catalog } from "../../src/index.ts";
import { album, type DescriptionOptions, type JudgeProduct, music } from "../../src/music/index.ts";
import { openSandbox, openTestCatalog, type Sandbox } from "../../src/testing/index.ts";
import { again, amazonBehind, amazonOf, amazonPack, amazonRequestsOf, darkSide } from "../support/amazon-catalog.ts";
import { itemOf } from "../support/plant-catalog.ts";
import { createWrittenModel } from "../support/written-model.ts";

// Each catalogue is a PostgreSQL in memory, which takes a second or more to open.
vi.setConfig({ testTimeout: 120_000 });

/** Of these, rules cannot tell: nobody says whom it is by; it seems to be of a concert. */
const [dummyProduct, concertProduct] = ["B0SBXDUMM1", "B0SBXDSM12"];
const dummy = { title: "Dummy", artist: "Portishead" };
const yes = { isMatch: true, confidence: 0.9, reason: "The title is Portishead's." };
const no = { isMatch: false, confidence: 0.9, reason: "It is a single." };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.faults.clear());
afterAll(() => sandbox.close());

/** The sandbox's own model, which finds that both are editions. */
const local = (more: DescriptionOptions = {}): DescriptionOptions => ({
  model: "describe",
  url: sandbox.languageModelUrl,
  ...more,
});
const openWith = (description: DescriptionOptions): Promise<Catalog> =>
  openTestCatalog({ packs: [amazonPack(sandbox, amazonOf(sandbox), description)] });
const openWithJudge = (judge: JudgeProduct, judgeTimeout?: number): Promise<Catalog> =>
  openTestCatalog({ packs: [amazonPack(sandbox, { ...amazonOf(sandbox), judge, judgeTimeout })] });
const questionsSince = (before: number): number =>
  sandbox.requests.slice(before).filter(({ path }) => path.startsWith("/ai/")).length;

interface Query {
  readonly title: string;
  readonly artist: string;
}

/** What the catalogue has of Amazon for an album once it was asked: the products, and the reasons against others. */
async function ask(catalog: Catalog, query: Query, options?: typeof again) {
  const result = await catalog.import(album, query, options);
  const item = itemOf(result);
  const { rejected, runs } = await catalog.explain(item);
  return {
    status: result.status,
    outcome: result.providers.find((one) => one.provider === "amazon"),
    links: item.links.filter((one) => one.provider === "amazon").map((one) => one.attributes),
    reasons: new Map(rejected.map(({ id, reason }) => [id, reason])),
    cost: runs.find((one) => one.provider === "amazon")?.microdollars,
  };
}

const askAgain = (catalog: Catalog, query: Query) => ask(catalog, query, again);

describe("a language model that is down", () => {
  it("costs Amazon neither an attempt nor a request more, and what it could not judge is judged next time", async () => {
    // However slow this machine is, that is not taken for silence.
    const amazon = { ...amazonOf(sandbox), judgeTimeout: 600_000 };
    await using catalog = await openTestCatalog({ packs: [amazonBehind(sandbox, amazon, local())] });
    const worker = await catalog.jobs.work();
    sandbox.faults.add({ kind: "status", status: 503, on: "/ai/" });
    const { result, paths } = await amazonRequestsOf(sandbox, async () => {
      const { id } = itemOf(await catalog.import(album, darkSide));
      await worker.drained();
      return catalog.explain(id);
    });
    expect(paths.filter((path) => path.startsWith("catalog/"))).toEqual(["catalog/v1/searchItems"]);
    expect(result.runs.find((one) => one.provider === "amazon")).toMatchObject({ state: "contributed", attempt: 1 });
    expect(result.item.links.filter((one) => one.provider === "amazon")).toHaveLength(5);
    expect(result.rejected.find((one) => one.id === concertProduct)?.reason).toMatch(
      /^it is doubtful: it seems to be of a concert; it could not be judged: describe is too busy \(status 503\)/,
    );
    expect((await catalog.jobs.holds()).sources).toEqual([]);

    sandbox.faults.clear();
    const { item } = result;
    await catalog.enrich(item, again);
    await worker.drained();
    const judged = await catalog.explain(item.id);
    expect(judged.item.links.filter((one) => one.provider === "amazon")).toHaveLength(6);
    expect(judged.rejected.map((one) => one.id)).not.toContain(concertProduct);
  });

  it.each([
    ["cannot be reached", { kind: "reset", on: "/ai/" }, {}, "describe could not be reached"],
    ["is not there", { kind: "status", status: 404, on: "/ai/" }, {}, "check ACCESSION_AI_MODEL"],
    ["has failed", { kind: "status", status: 500, on: "/ai/" }, {}, "describe failed (status 500)"],
    ["refuses its key", undefined, { apiKey: "expired-5150" }, "check ACCESSION_AI_API_KEY"],
    ["answers in no form", undefined, { model: "broken" }, "broken answered in another form"],
  ] as const)("is a reason and no failure where it %s", async (_what, fault, options, reason) => {
    if (fault) sandbox.faults.add(fault);
    await using catalog = await openWith(local(options));
    const { outcome, reasons } = await ask(catalog, dummy);
    expect(outcome).toMatchObject({ status: "contributed" });
    expect(reasons.get(dummyProduct)).toContain(reason);
    expect(reasons.get(dummyProduct)).not.toContain("5150");
  });

  it("is not asked again before it said, nor for a while after it kept a run waiting in vain", async () => {
    sandbox.faults.add({ kind: "status", status: 429, retryAfter: 60, on: "/ai/" });
    await using throttled = await openWith(local());
    let before = sandbox.requests.length;
    for (const query of [dummy, darkSide])
      expect([...(await ask(throttled, query)).reasons.values()].join("; ")).toContain("to be left alone for 60 s");
    expect(questionsSince(before)).toBe(1);

    sandbox.faults.clear();
    sandbox.faults.add({ kind: "hang", on: "/ai/" });
    const packs = [amazonPack(sandbox, { ...amazonOf(sandbox), judgeTimeout: 500 }, local())];
    await using silent = await openTestCatalog({ packs });
    before = sandbox.requests.length;
    for (const query of [dummy, darkSide])
      expect([...(await ask(silent, query)).reasons.values()].join("; ")).toContain("no answer within 0.5 s");
    expect(questionsSince(before)).toBe(1);
  });

  it("takes nothing back that another has said before", async () => {
    const madeBy = { model: "small" };
    let answer: () => Promise<typeof yes> = () => Promise.resolve(yes);
    await using catalog = await openWithJudge(Object.assign(() => answer(), { madeBy }));
    expect((await ask(catalog, dummy)).links).toMatchObject([{ judgedBy: { model: "small" } }]);
    answer = () => Promise.resolve(no);
    const { reasons } = await ask(catalog, darkSide);

    madeBy.model = "large";
    answer = () => Promise.reject(new AccessionError("source-unavailable", "It is down.", { retryable: true }));
    expect((await askAgain(catalog, dummy)).links).toMatchObject([{ judgedBy: { model: "small" } }]);
    expect(await askAgain(catalog, darkSide)).toMatchObject({ status: "unchanged", reasons });
  });
});

describe("a judge", () => {
  it("that takes its time to fail is left alone for a while, as one that is silent", async () => {
    let asked = 0;
    await using catalog = await openWithJudge(async () => {
      asked += 1;
      await pause(400);
      throw new AccessionError("source-unavailable", "Nobody took the connection.", { retryable: true });
    }, 3_000);
    for (const query of [dummy, darkSide])
      expect([...(await ask(catalog, query)).reasons.values()].join()).toContain("Nobody took the connection");
    expect(asked).toBe(1);
  });

  it("that has a bug fails the run", async () => {
    await using catalog = await openWithJudge(() => Promise.reject(new TypeError("title of undefined")));
    expect((await ask(catalog, dummy)).outcome).toMatchObject({ status: "failed", error: { code: "defect" } });
  });

  it("is asked of the next product where its source has refused one, and once a run where that is down", async () => {
    const asked: string[] = [];
    let code: "source-rejected" | "source-unavailable" = "source-rejected";
    await using catalog = await openWithJudge(({ asin }) => {
      asked.push(asin);
      return Promise.reject(new AccessionError(code, "It does not\n like it."));
    });
    const item = itemOf(await catalog.import(album, darkSide, { providers: ["musicbrainz"] }));
    // No longer so alike that rules could tell.
    await catalog.edit(item, { attributes: { title: "Dark Side of Moon", aliases: [] } });
    const rejectedNow = async () => {
      await catalog.enrich(item, again);
      return (await catalog.explain(item)).rejected;
    };
    const rejected = await rejectedNow();
    expect(asked.length).toBeGreaterThan(5);
    code = "source-unavailable";
    asked.length = 0;
    expect(await rejectedNow()).toEqual(rejected);
    expect(asked).toHaveLength(1);
    expect(rejected.filter(({ reason }) => reason.endsWith("could not be judged: It does not like it"))).toHaveLength(
      6,
    );
  });
});

describe("a judgement", () => {
  it("is paid for once, whether it is no or yes", async () => {
    const model = createWrittenModel(no);
    await using catalog = await openWith({ model, price: { input: 0.25, output: 2 } });
    const first = await ask(catalog, dummy);
    expect(first.reasons.get(dummyProduct)).toBe("a language model says: It is a single.");
    expect(first.cost).toBe(450);
    const second = await askAgain(catalog, dummy);
    expect(second).toMatchObject({ status: "unchanged", reasons: first.reasons, cost: 0 });

    model.says({ ...yes, reason: "It is of a concert, and the album is one." });
    const floyd = await ask(catalog, darkSide);
    expect(floyd.links.find((one) => one["asin"] === concertProduct)).toMatchObject({
      judgedBy: { model: "mock:scripted", prompt: "1" },
    });
    expect(floyd.links.filter((one) => "judgedBy" in one)).toHaveLength(1);
    expect(await askAgain(catalog, darkSide)).toMatchObject({ status: "unchanged", links: floyd.links, cost: 0 });
    expect(model.doGenerateCalls).toHaveLength(2);
  });

  it("is made anew by another model or prompt, and forgotten with what Amazon has said", async () => {
    let answer = no;
    let calls = 0;
    const judge = (): Promise<typeof no> => {
      calls += 1;
      return Promise.resolve(answer);
    };
    const madeBy = { model: "small", prompt: "1" };
    await using catalog = await openWithJudge(Object.assign(judge, { madeBy }));
    expect((await ask(catalog, dummy)).links).toEqual([]);
    answer = yes;
    expect((await askAgain(catalog, dummy)).links).toEqual([]);
    madeBy.model = "large";
    expect((await askAgain(catalog, dummy)).links).toMatchObject([{ judgedBy: { model: "large", prompt: "1" } }]);
    answer = no;
    madeBy.prompt = "2";
    const last = await askAgain(catalog, dummy);
    expect(last.links).toEqual([]);
    expect(calls).toBe(3);

    await catalog.forget(itemOf(await catalog.import(album, dummy)), "amazon");
    await askAgain(catalog, dummy);
    expect(calls).toBe(4);
  });
});

describe("the budget of the language model", () => {
  it("holds for judging as well: once as much is used up, Amazon's runs wait for the next day", async () => {
    const description = local({ price: { input: 0.25, output: 2 }, budget: 0.000_01 });
    await using catalog = await openTestCatalog({ packs: [amazonBehind(sandbox, amazonOf(sandbox), description)] });
    const worker = await catalog.jobs.work();
    const first = itemOf(await catalog.import(album, dummy));
    await worker.drained();
    const second = itemOf(await catalog.import(album, darkSide));
    await worker.drained();
    const runOf = async (id: typeof first.id) =>
      (await catalog.explain(id)).runs.find((one) => one.provider === "amazon");
    expect(await runOf(first.id)).toMatchObject({ state: "contributed", tokens: expect.any(Number) });
    expect((await runOf(first.id))?.microdollars).toBeGreaterThan(10);
    expect(await runOf(second.id)).toMatchObject({
      state: "queued",
      attempt: 0,
      error: { message: expect.stringMatching(/^amazon has used up the [\d.]+ dollars of its day$/) },
    });
    // What waits for midnight looks again when it is told to; here, the day is over.
    await sql`update accession.provider_use set day = day - 1`.execute(catalog.kysely);
    expect(await catalog.jobs.retry({ provider: "amazon", states: ["queued"] })).toBe(1);
    await worker.drained();
    expect(await runOf(second.id)).toMatchObject({ state: "contributed", attempt: 1 });
  });

  it("is each provider's own, and a program's judge has one only if it is given", () => {
    const description = local({ price: { input: 1, output: 2 }, budget: 2.5 });
    const budgetsOf = (amazon: NonNullable<Parameters<typeof music>[0]>["amazon"]) =>
      music({ description, amazon })
        .importers.flatMap((one) => one.providers)
        .flatMap(({ name, budget }) => (name === "amazon" ? [budget] : []));
    const judge: JudgeProduct = () => Promise.resolve(no);
    expect(budgetsOf({})).toMatchObject([{ requests: 8_640, microdollars: 2_500_000 }]);
    expect(budgetsOf({ judge })).toEqual([{ requests: 8_640, microdollars: undefined }]);
    expect(budgetsOf({ judge, dailyMicrodollars: 7 })).toMatchObject([{ microdollars: 7 }]);
  });
});
