import { afterAll, beforeAll, expect, it } from "vitest";
import { AccessionError, type Catalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { plant } from "../support/spoken-provider.ts";
import { createHerbarium, florilegium } from "./herbarium.ts";

describeOnDatabases("the incomplete items of a catalogue", (database) => {
  const herbarium = createHerbarium();
  let catalog: Catalog;
  beforeAll(async () => {
    for (const name of ["Oak", "Elder", "Fern", "Moss"]) herbarium.plants.set(name, [name.toLowerCase()]);
    catalog = await herbarium.open(await database.location());
    await catalog.import(plant, { name: "Oak" });
    // Named in passing by a list, and never asked about.
    const named = ["elder", "fern", "moss"].map((id) => ({
      type: "plant" as const,
      to: { identifiers: [{ scheme: "flora.plant", value: id }], attributes: { name: id } },
    }));
    await catalog.contribute(florilegium, "somebody", {
      attributes: { title: "Three" },
      identifiers: [{ scheme: "list", value: "three" }],
      relations: named,
    });
  });
  afterAll(() => catalog.close());
  async function all(...args: Parameters<Catalog["incomplete"]>): Promise<readonly string[]> {
    const ids: string[] = [];
    for await (const id of catalog.incomplete(...args)) ids.push(id);
    return ids;
  }

  it("are those of which a provider has not settled, each once, as many as are wanted", async () => {
    expect(await catalog.incomplete().count()).toBe(3);
    expect(new Set(await all()).size).toBe(3);
    expect(await all({ limit: 2 })).toHaveLength(2);
    expect(await all({ kind: "flora.florilegium" })).toEqual([]);
    expect(() => catalog.incomplete({ kind: "flora.nothing" })).toThrow(AccessionError);
  });

  it("are given once in a run even where they fail again, and come back in the next", async () => {
    herbarium.failure = new AccessionError("source-unavailable", "closed", { retryable: true });
    const seen: string[] = [];
    for await (const id of catalog.incomplete()) {
      seen.push(id);
      expect((await catalog.enrich(id)).status).toBe("failed");
    }
    herbarium.failure = undefined;
    expect(seen).toHaveLength(3);
    expect(await all()).toEqual(seen);
    for await (const id of catalog.incomplete()) await catalog.enrich(id);
    expect(await all()).toEqual([]);
  });

  it("cannot be spoken of in a provider's name, or a person's, nor with what is malformed", async () => {
    const said = { attributes: { name: "Yew" }, identifiers: [{ scheme: "flora.plant" as const, value: "yew" }] };
    for (const name of ["herbarium", "person", "Not A Name"]) {
      await expect(catalog.contribute(plant, name, said)).rejects.toMatchObject({ code: "provider-unknown" });
    }
    const links = [{ type: "page", url: "example.org" }];
    await expect(catalog.contribute(plant, "somebody", { ...said, links })).rejects.toMatchObject({
      code: "contribution-invalid",
      message: 'What somebody says of a flora.plant is not allowed: "example.org" is no address of a web page (links).',
    });
    expect(await catalog.contribute(plant, "somebody", said, { dryRun: true })).toMatchObject({ created: true });
    expect(await catalog.find(plant, { id: "yew" })).toBeUndefined();
    expect(await catalog.contribute(plant, "somebody", said)).toMatchObject({ created: true, item: { title: "Yew" } });
    expect(await catalog.contribute(plant, "somebody", said)).toMatchObject({ created: false, difference: [] });
  });
});
