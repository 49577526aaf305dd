import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Catalog, contributed, defineProvider, type Item } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

describeOnDatabases("what providers say", (database) => {
  const first = createSpokenProvider("first");
  const second = createSpokenProvider("second");
  let catalog: Catalog & { readonly statements: string[] };

  beforeAll(async () => {
    catalog = await openPlantCatalog(await database.location(), [first, second], {
      precedence: { height: ["second"] },
    });
  });
  beforeEach(() => {
    first.says.clear();
    second.says.clear();
  });

  async function force(): Promise<Item<typeof plant>> {
    return itemOf(await catalog.import(plant, { id: "oak" }, { forceProviders: true }));
  }

  it("is merged field by field: the first provider wins, or whoever the field prefers", async () => {
    first.says.set("oak", oak({ attributes: { height: 10 } }));
    second.says.set("oak", oak({ attributes: { family: "Wrong", height: 20, evergreen: false } }));
    const item = await force();
    expect(item.attributes).toEqual({ name: "Oak", family: "Fagaceae", height: 20, evergreen: false });
    const { fields } = await catalog.explain(item);
    expect(fields.find((one) => one.field === "height")).toMatchObject({
      shown: { provider: "second", value: 20 },
      others: [{ provider: "first", value: 10 }],
    });
    expect(fields.find((one) => one.field === "family")).toMatchObject({
      shown: { provider: "first", value: "Fagaceae" },
      others: [{ provider: "second", value: "Wrong" }],
    });
  });

  it("is saved when it holds associations only", async () => {
    first.says.set("oak", { categories: [{ type: "use", name: "Timber", weight: 3 }] });
    const item = await force();
    expect(item.categories).toEqual([{ type: "use", name: "Timber", weight: 3, provider: "first" }]);
    expect((await catalog.get(item.id))?.categories).toEqual(item.categories);
  });

  it("is stored as it is shown where nothing but the order of links or categories changes, or who says them", async () => {
    const page = { type: "page", url: "https://example.org/oak" };
    const shop = { type: "shop", url: "https://example.org/shop" };
    const [timber, shade] = [
      { type: "use", name: "Timber" },
      { type: "use", name: "Shade" },
    ];
    first.says.set("oak", oak({ links: [page, shop], categories: [timber, shade] }));
    second.says.set("oak", oak({ links: [page, shop], categories: [timber, shade] }));
    const before = await force();
    expect(before.links.map((link) => `${link.type} ${link.provider}`)).toEqual(["page first", "shop first"]);
    first.says.set("oak", oak({ categories: [timber, shade] }));
    second.says.set("oak", oak({ links: [shop, page], categories: [timber, shade] }));
    const after = await force();
    expect(after.links.map((link) => `${link.type} ${link.provider}`)).toEqual(["shop second", "page second"]);
    expect(await catalog.get(after.id)).toEqual(after);
    first.says.set("oak", oak());
    second.says.set("oak", oak({ links: [shop, page], categories: [shade, timber] }));
    const last = await force();
    expect(last.categories.map((one) => `${one.name} ${one.provider}`)).toEqual(["Shade second", "Timber second"]);
    expect(await catalog.get(last.id)).toEqual(last);
  });

  it("never duplicates, however often it is forced", async () => {
    first.says.set(
      "oak",
      oak({
        categories: [
          { type: "use", name: "Timber" },
          { type: "use", name: "TIMBER" },
        ],
        identifiers: [{ scheme: "label", value: "Q1" }],
        links: [{ type: "page", url: "https://example.org/oak" }],
        relations: [
          {
            type: "garden",
            to: { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } },
          },
        ],
      }),
    );
    second.says.set(
      "oak",
      oak({ categories: [{ type: "use", name: "timber" }], identifiers: [{ scheme: "label", value: "Q1" }] }),
    );
    const once = await force();
    for (let run = 0; run < 10; run += 1) await force();
    const again = await catalog.get(once.id);
    expect(again).toEqual(once);
    expect(once.categories).toHaveLength(1);
    expect(once.identifiers.filter((one) => one.scheme === "label")).toHaveLength(1);
    expect(once.relations).toHaveLength(1);
  });

  it("is one relation where it names the same item twice in one place, and two where the places differ", async () => {
    const kew = { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } } as const;
    const relation = { type: "garden", to: kew } as const;
    const at = (...positions: readonly number[]) =>
      oak({ relations: positions.map((position) => ({ ...relation, position, attributes: {} })) });
    first.says.set("oak", at(1, 1, 2));
    const item = await force();
    expect(item.relations.map((one) => `${one.position} ${one.item.title}`)).toEqual(["1 Kew", "2 Kew"]);
    expect((await catalog.get(item.id))?.relations).toEqual(item.relations);
    first.says.set("oak", at(2, 2, 1));
    expect((await force()).version).toBe(item.version);
  });

  it("disappears when its provider stops saying it, and nothing else does", async () => {
    first.says.set(
      "oak",
      oak({
        attributes: { evergreen: true },
        categories: [
          { type: "use", name: "Timber" },
          { type: "use", name: "Cork" },
        ],
      }),
    );
    second.says.set(
      "oak",
      oak({
        attributes: { alsoCalled: ["Quercus"] },
        categories: [
          { type: "use", name: "Cork" },
          { type: "use", name: "Ink" },
        ],
      }),
    );
    await force();
    first.says.set("oak", oak({ categories: [{ type: "use", name: "Timber" }] }));
    const item = await force();
    expect(item.attributes).toEqual({ name: "Oak", family: "Fagaceae", alsoCalled: ["Quercus"] });
    expect(item.categories.map((one) => `${one.name} ${one.provider}`)).toEqual([
      "Timber first",
      "Cork second",
      "Ink second",
    ]);
  });

  it("changes nothing, not even the version, when it is said again", async () => {
    first.says.set("oak", oak({ attributes: { height: 1 } }));
    second.says.set("oak", oak());
    const before = await force();
    catalog.statements.length = 0;
    const after = await force();
    expect(after).toEqual(before);
    expect(
      catalog.statements.filter(
        (sql) =>
          /^\s*(update|delete)|insert into .*"(item|category|link|relation|identifier)"/i.test(sql) &&
          !sql.includes("with wanted"),
      ),
    ).toEqual([]);
  });

  it("keeps an identity that nobody says any more, since it is what the item is found by", async () => {
    first.says.set("oak", oak({ identifiers: [{ scheme: "herbarium.plant", value: "H7" }] }));
    const before = await force();
    first.says.set("oak", oak());
    const after = await force();
    expect(after.identifiers).toEqual(before.identifiers);
    expect(await catalog.withIdentifier("herbarium.plant", "H7")).toMatchObject([{ id: before.id }]);
  });

  it("leaves an identity with the item that had it first, and says the rest all the same", async () => {
    first.says.set("rowan", {
      attributes: { name: "Rowan" },
      identifiers: [
        { scheme: "flora.plant", value: "rowan" },
        { scheme: "herbarium.plant", value: "H9" },
      ],
    });
    const rowan = itemOf(await catalog.import(plant, { id: "rowan" }));
    first.says.set(
      "oak",
      oak({ attributes: { height: 33 }, identifiers: [{ scheme: "herbarium.plant", value: "H9" }] }),
    );
    const item = await force();
    expect(item.attributes.height).toBe(33);
    expect(item.identifiers.some((one) => one.value === "H9")).toBe(false);
    expect(await catalog.withIdentifier("herbarium.plant", "H9")).toMatchObject([{ id: rowan.id }]);
  });

  it("need not repeat the identity that was asked for", async () => {
    second.says.set("fern", { attributes: { name: "Fern" } });
    const fern = itemOf(await catalog.import(plant, { id: "fern" }));
    expect(fern.identifiers).toEqual([{ scheme: "flora.plant", value: "fern", provider: "second" }]);
  });

  it("makes no new item where no identity names one, which is that provider's failure", async () => {
    const herbalist = defineProvider(plant, {
      name: "herbalist",
      provide: async () => contributed<typeof plant>({ attributes: { name: "Mandrake" } }),
    });
    const nameless = await openPlantCatalog(await database.location(), [{ ...first, provider: herbalist }]);
    const result = await nameless.import(plant, { name: "Mandrake" });
    expect(result).toMatchObject({ status: "failed", error: { code: "identity-missing" } });
    expect(await nameless.search("Mandrake")).toEqual([]);
  });

  it("survives texts that a database cannot hold", async () => {
    first.says.set(
      "oak",
      oak({
        attributes: { family: "a\0b\ud800c 🌳 عربي" },
        categories: [{ type: "use", name: "'; drop table item; --\0" }],
      }),
    );
    const item = await force();
    expect(item.attributes.family).toBe("ab\ufffdc 🌳 عربي");
    expect((await catalog.get(item.id))?.categories[0]?.name).toBe("'; drop table item; --");
  });
});
