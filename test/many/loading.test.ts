import { afterEach, beforeEach, expect, it } from "vitest";
import { type Catalog, defineProjection, type RejectedDocument } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { garden, plant } from "../support/spoken-provider.ts";
import { createListedGarden, listedPlant, openListedGardens } from "./listed-gardens.ts";

/** Lines of documents of plants, one after another. */
async function* linesOf(documents: Iterable<unknown>): AsyncGenerator<string> {
  for (const one of documents) yield typeof one === "string" ? one : JSON.stringify(one);
}
const numbered = (count: number) =>
  Array.from({ length: count }, (_none, index) => listedPlant(`plant ${index}`, { attributes: { height: index } }));
/** A file that cannot be read. */
function* broken(): Generator<string> {
  yield* [];
  throw new Error("no such file");
}

describeOnDatabases("loading a dump", (database) => {
  let catalog: Catalog;
  beforeEach(async () => {
    catalog = await openListedGardens(await database.location(), createListedGarden());
  });
  afterEach(() => catalog.close());

  const stored = async (index: number) => (await catalog.withIdentifier("flora.plant", `plant ${index}`)).length;

  it("stores every document, many a transaction, complete and without a request", async () => {
    const result = await catalog.load(plant, linesOf(numbered(1_000)), { batch: 100 });
    expect(result).toMatchObject({
      status: "complete",
      done: 1_000,
      pages: 10,
      requests: 0,
      counts: { created: 1_000 },
    });
    expect(await catalog.import(plant, { id: "plant 999" })).toMatchObject({ status: "unchanged", requests: 0 });
  });

  it("saves fewer at once where they are large", async () => {
    const large = numbered(90).map((document) => `${JSON.stringify(document)}${" ".repeat(100_000)}`);
    const result = await catalog.load(plant, linesOf(large));
    // Fifteen of them are one and a half million characters and more.
    expect(result).toMatchObject({ status: "complete", done: 90, pages: 6 });
  });

  it("rejects what cannot be read, with its line and the reason, and stores the rest", async () => {
    const rejected: RejectedDocument[] = [];
    const lines = [
      listedPlant("plant 0"),
      '{"torn',
      listedPlant("plant 1", { attributes: { height: "x" as never } }),
      {},
    ];
    const result = await catalog.load(plant, linesOf(lines), { onRejected: (one) => rejected.push(one) });
    expect(result).toMatchObject({ status: "complete", done: 4, counts: { created: 1, refused: 3 } });
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, "it is no JSON"],
      [3, expect.stringContaining('the attribute "height"')],
      [4, "no identity names this flora.plant"],
    ]);
    expect(rejected[0]?.text).toBe('{"torn');
  });

  it("says the same of the same document, be it the first or the last of hundreds", async () => {
    const nameless = listedPlant("odd", {
      categories: [{ type: "use", name: " " }],
      links: [{ type: "page", url: "no" }],
    });
    const rejected: RejectedDocument[] = [];
    const lines = linesOf([nameless, ...numbered(400), nameless]);
    const { counts } = await catalog.load(plant, lines, { onRejected: (one) => rejected.push(one) });
    expect(counts).toMatchObject({ created: 400, refused: 2 });
    const [first, last] = rejected.map(({ reason }) => reason);
    expect(first).toContain("categories[0].name");
    expect(last).toBe(first);
  });

  it("passes over empty lines, also where it goes on", async () => {
    const controller = new AbortController();
    async function* lines(): AsyncGenerator<string> {
      for await (const line of linesOf(numbered(50))) yield* [line, "", "  "];
    }
    const options = { name: "gaps", batch: 7, concurrency: 1 };
    const onProgress = ({ done }: { readonly done: number }) => (done >= 20 ? controller.abort() : undefined);
    const first = await catalog.load(plant, lines(), { ...options, signal: controller.signal, onProgress });
    const second = await catalog.load(plant, lines(), options);
    expect([first.status, second.status]).toEqual(["stopped", "complete"]);
    expect(second.counts).toMatchObject({ created: 50 - first.counts.created, unchanged: 0, refused: 0 });
  });

  it("stores a document once that is there twice, as it was last", async () => {
    const twice = [listedPlant("ivy"), listedPlant("ivy", { attributes: { height: 3 } })];
    expect((await catalog.load(plant, linesOf(twice))).counts).toMatchObject({ created: 1, unchanged: 1 });
    expect((await catalog.load(plant, linesOf(twice), { batch: 1 })).counts).toMatchObject({ created: 0 });
    expect(await catalog.withIdentifier("flora.plant", "ivy")).toMatchObject([{ attributes: { height: 3 } }]);
  });

  it("makes one item of documents that a later one says are the same", async () => {
    const [flora, herbarium] = [
      { scheme: "flora.plant", value: "oak" },
      { scheme: "herbarium.plant", value: "quercus" },
    ] as const;
    const documents = [[flora], [herbarium], [flora, herbarium]].map((identifiers, index) => ({
      attributes: { name: `Oak ${index}` },
      identifiers,
    }));
    expect(await catalog.load(plant, linesOf(documents))).toMatchObject({ status: "complete", counts: { created: 1 } });
    const [oak, ...others] = await catalog.withIdentifier("herbarium.plant", "quercus");
    expect([oak?.title, oak?.identifiers.length, others]).toEqual(["Oak 2", 2, []]);
  });

  it("makes no second one of a related item that one document knows by an identity of which only another says whose it is", async () => {
    const growingIn = (id: string, ...names: readonly string[]) => ({
      ...listedPlant(id),
      relations: [
        {
          type: "garden",
          to: { identifiers: names.map((value) => ({ scheme: "flora.garden", value })), attributes: { name: id } },
        },
      ],
    });
    await catalog.load(plant, linesOf([growingIn("ash", "kew")]));
    await catalog.load(plant, linesOf([growingIn("box", "kew", "royal"), growingIn("cedar", "royal")]));
    await catalog.load(plant, linesOf([growingIn("dill", "surrey"), growingIn("elm", "surrey", "kew")]));
    await catalog.load(plant, linesOf([growingIn("fig", "leiden"), growingIn("gum", "hortus")]));
    await catalog.load(
      plant,
      linesOf([growingIn("haw", "wien"), growingIn("ivy", "belvedere"), growingIn("jew", "wien", "belvedere")]),
    );
    const gardens = await Array.fromAsync(catalog.list(garden));
    const names = gardens.map(({ identifiers }) =>
      identifiers
        .map(({ value }) => value)
        .toSorted()
        .join(" "),
    );
    expect(names.toSorted()).toEqual(["belvedere wien", "hortus", "kew royal surrey", "leiden"]);
  });

  it("leaves out what does not meet the conditions", async () => {
    const result = await catalog.load(plant, linesOf(numbered(100)), { where: ["height>=90"] });
    expect(result.counts).toMatchObject({ created: 10, filtered: 90 });
    expect([await stored(89), await stored(90)]).toEqual([0, 1]);
  });

  it("is refused for a condition on a relation, since no source says what that is in the catalogue", async () => {
    await expect(catalog.load(plant, linesOf(numbered(2)), { where: ["garden="] })).rejects.toMatchObject({
      code: "query-invalid",
      message: expect.stringContaining('"garden" is a relation'),
    });
  });

  it("leaves out what is not of the category that is wanted", async () => {
    const lives = (name: string) => ({ categories: [{ type: "habitat", name }] });
    const plants = [
      listedPlant("sundew", lives("Bog")),
      listedPlant("thyme", lives("Dry grassland")),
      listedPlant("x"),
    ];
    const result = await catalog.load(plant, linesOf(plants), { where: ["habitat=bog"] });
    expect(result.counts).toMatchObject({ created: 1, filtered: 2 });
    expect(await catalog.withIdentifier("flora.plant", "sundew")).toHaveLength(1);
  });

  it("goes on where it was stopped, under the same name", async () => {
    const controller = new AbortController();
    const first = await catalog.load(plant, linesOf(numbered(1_000)), {
      name: "plants",
      batch: 50,
      signal: controller.signal,
      onProgress: ({ done }) => (done >= 400 ? controller.abort() : undefined),
    });
    expect(first.status).toBe("stopped");
    expect(first.done).toBeLessThan(1_000);
    const second = await catalog.load(plant, linesOf(numbered(1_000)), { name: "plants", batch: 50 });
    expect(second).toMatchObject({ status: "complete", counts: { unchanged: 0 } });
    expect(first.counts.created + second.counts.created).toBe(1_000);
    expect((await catalog.load(plant, linesOf(numbered(10)), { name: "plants" })).counts).toMatchObject({
      unchanged: 10,
    });
  });

  it("that begins anew forgets where an earlier one was, even if it breaks off at once", async () => {
    const load = { name: "plants", batch: 50 };
    const stopping = new AbortController();
    const onProgress = ({ done }: { readonly done: number }) => (done >= 400 ? stopping.abort() : undefined);
    await catalog.load(plant, linesOf(numbered(1_000)), { ...load, signal: stopping.signal, onProgress });
    const gone = await catalog.load(plant, linesOf(broken()), { ...load, restart: true });
    expect(gone).toMatchObject({ status: "failed", done: 0 });
    const { counts } = await catalog.load(plant, linesOf(numbered(1_000)), load);
    expect(counts.created + counts.unchanged).toBe(1_000);
  });

  it("tells of a rejected document again where whoever was told of it failed", async () => {
    const lines = () => linesOf([...numbered(60), "{torn", ...numbered(100).slice(60)]);
    const told: number[] = [];
    const onRejected = ({ line }: RejectedDocument): void => {
      told.push(line);
      if (told.length === 1) throw new Error("the disk is full");
    };
    const first = await catalog.load(plant, lines(), { name: "plants", batch: 50, onRejected });
    expect(first).toMatchObject({ status: "failed", counts: { created: 60 } });
    const second = await catalog.load(plant, lines(), { name: "plants", batch: 50, onRejected });
    expect(second).toMatchObject({ status: "complete", counts: { created: 40, refused: 1 } });
    expect(told).toEqual([61, 61]);
  });

  it("tells how far it is while it passes over what was loaded, and can be stopped there", async () => {
    let read = 0;
    async function* counted(count: number): AsyncGenerator<string> {
      for (read = 0; read < count;) {
        read += 1;
        yield "broken";
      }
      throw new Error("torn");
    }
    const name = "plants";
    await catalog.load(plant, counted(25_000), { name });
    const told: number[] = [];
    await catalog.load(plant, counted(25_000), { name, onProgress: () => told.push(read) });
    expect(told).toEqual(expect.arrayContaining([10_000, 20_000]));
    read = 0;
    const stopped = await catalog.load(plant, counted(25_000), { name, signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ status: "stopped" });
    expect(read).toBe(0);
  });

  it("ends when it is told to, even while the next line is long in coming", async () => {
    const controller = new AbortController();
    async function* silent(): AsyncGenerator<string> {
      yield* linesOf(numbered(120));
      controller.abort();
      await new Promise(() => undefined);
    }
    const load = { name: "plants", batch: 50, signal: controller.signal };
    const result = await catalog.load(plant, silent(), load);
    expect(result).toMatchObject({ status: "stopped", done: 100, counts: { created: 100 } });
    const rest = await catalog.load(plant, linesOf(numbered(120)), { ...load, signal: undefined });
    expect(rest).toMatchObject({ status: "complete", counts: { created: 20, unchanged: 0 } });
  });

  it("holds no more than a hundred refusals, and counts them all", async () => {
    async function* torn(): AsyncGenerator<string> {
      for (let number = 0; number < 1_000; number += 1) yield "broken";
    }
    const result = await catalog.load(plant, torn(), {});
    expect(result.counts.refused).toBe(1_000);
    expect(result.refused).toHaveLength(100);
  });

  it("reads no more than it has room for while the database is slow", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = await openListedGardens(await database.location(), createListedGarden(), {
      projections: [defineProjection(plant, { name: "slow", project: () => held })],
    });
    let read = 0;
    async function* counted(): AsyncGenerator<string> {
      for (const one of numbered(500)) {
        read += 1;
        yield JSON.stringify(one);
      }
    }
    const loading = slow.load(plant, counted(), { batch: 10, concurrency: 2 });
    // Two batches that are being saved, and one that waits for them.
    await expect.poll(() => read, { timeout: 60_000 }).toBe(30);
    release();
    expect(await loading).toMatchObject({ status: "complete", done: 500 });
    await slow.close();
  });

  it("takes a concurrency of none for one", async () => {
    const result = await catalog.load(plant, linesOf(numbered(120)), { batch: 50, concurrency: 0 });
    expect(result).toMatchObject({ status: "complete", done: 120 });
  });

  it("keeps what came before the file broke, and says why", async () => {
    async function* torn() {
      yield* linesOf(numbered(120));
      throw new Error("unexpected end of the file");
    }
    const result = await catalog.load(plant, torn(), { batch: 50 });
    expect(result).toMatchObject({ status: "failed", done: 120, counts: { created: 120 } });
    expect(await stored(119)).toBe(1);
  });

  it("changes nothing in a dry run", async () => {
    expect((await catalog.load(plant, linesOf(numbered(10)), { dryRun: true })).counts).toMatchObject({ created: 10 });
    expect(await stored(0)).toBe(0);
  });

  it("is refused for a kind whose providers read nothing", async () => {
    const asking = catalog.load(plant, linesOf([]), { provider: "nobody" });
    await expect(asking).rejects.toMatchObject({ code: "provider-unknown" });
  });
});
