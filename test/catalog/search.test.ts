import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

/** Names, and after a bar their aliases. */
const names = [
  "Pink Floyd | The Tea Set",
  "Pink",
  "Pink Martini",
  "The Pink Spiders",
  "Punk Floor",
  "Björk",
  "Sigur Rós",
  "The Beatles",
  "Beat Happening",
  "Кино",
  "宇多田ヒカル | Utada Hikaru",
  "방탄소년단 | BTS",
  "超Superfly",
  "U2",
  "A",
  "A Tribe Called Quest",
  "AC/DC",
  "Siouxsie and the Banshees",
  "Metallica",
  "!!!",
  "100%",
  "a\\b'c",
  "✨🎸",
  "Дом",
  "Dark Side of the Moon",
];

describeOnDatabases("A search", (database) => {
  let catalog: Catalog & { readonly statements: string[] };
  beforeAll(async () => {
    const flora = createSpokenProvider("flora");
    catalog = await openPlantCatalog(await database.location(), [flora], { schema: "library" });
    for (const [index, line] of names.entries()) {
      const [name = "", ...alsoCalled] = line.split(" | ");
      const identifiers = [{ scheme: "flora.plant", value: String(index) } as const];
      flora.says.set(String(index), { attributes: { name, alsoCalled }, identifiers });
      await catalog.import(plant, { id: String(index) });
    }
  }, 120_000);

  async function found(text: string, limit?: number): Promise<readonly string[]> {
    return (await catalog.search(text, { limit })).map((item) => item.title);
  }

  it("puts the very name first, then beginnings, then names with the word in them, the shortest first", async () => {
    expect(await found("pink")).toEqual(["Pink", "Pink Floyd", "Pink Martini", "The Pink Spiders", "Punk Floor"]);
    expect(await found("the beatles", 1)).toEqual(["The Beatles"]);
    expect(await found("beatles", 1)).toEqual(["The Beatles"]);
    expect(await found("beat")).toEqual(["The Beatles", "Beat Happening"]);
  });

  it.each([
    ["pink flod", "Pink Floyd"],
    ["Pink Flyod", "Pink Floyd"],
    ["bjrok", "Björk"],
    ["Bjork", "Björk"],
    ["sigur ros", "Sigur Rós"],
    ["beatels", "The Beatles"],
    ["the beetles", "The Beatles"],
    ["metalica", "Metallica"],
    ["mettalica", "Metallica"],
    ["siouxie and the banshes", "Siouxsie and the Banshees"],
    ["Utaka Hikaru", "宇多田ヒカル"],
    ["宇多田ヒカノ", "宇多田ヒカル"],
    ["Кимо", "Кино"],
  ])("finds what was meant by %s", async (typed, meant) => {
    expect((await found(typed))[0]).toBe(meant);
  });

  it.each([
    ["floyd pink", "Pink Floyd"],
    ["pin flo", "Pink Floyd"],
    ["sio", "Siouxsie and the Banshees"],
    ["moon dark", "Dark Side of the Moon"],
    ["darksideofthemoon", "Dark Side of the Moon"],
    ["acdc", "AC/DC"],
    ["AC DC", "AC/DC"],
    ["sigurros", "Sigur Rós"],
    ["tea set", "Pink Floyd"],
    ["bts", "방탄소년단"],
    ["소년단", "방탄소년단"],
    ["ヒカル", "宇多田ヒカル"],
    ["宇多田", "宇多田ヒカル"],
    ["superfly", "超Superfly"],
    ["КИНО", "Кино"],
    ["u2", "U2"],
    ["a", "A"],
    ["!!!", "!!!"],
    ["100%", "100%"],
    [String.raw`a\b'c`, "a\\b'c"],
    ["🎸", "✨🎸"],
    ["✨🎸", "✨🎸"],
  ])("finds by words in any order, their beginnings, aliases and names of every script: %s", async (typed, meant) => {
    expect((await found(typed))[0]).toBe(meant);
  });

  it("does not find the middle of a Latin word, whatever letters stand beside it", async () => {
    expect([await found("eatle"), await found("perfly")]).toEqual([[], []]);
  });

  it("does not take a short word for another one", async () => {
    expect(await found("u3")).toEqual([]);
    expect(await found("bto")).toEqual([]);
  });

  it("gives what it is asked for and no more, and everything for nothing", async () => {
    expect(await found("pink", 2)).toEqual(["Pink", "Pink Floyd"]);
    expect(await catalog.search("pink", { kind: garden.name })).toEqual([]);
    expect((await found("", 100)).length).toBe(names.length);
    expect((await found("  ", 3)).length).toBe(3);
  });

  it("takes any text for a name", async () => {
    const hostile = [
      "\0",
      "pink\0floyd",
      "%",
      "_",
      "%%%%",
      "'); drop table library.item; --",
      "' & | ! <-> :* ( )",
      "\\",
      "\uD800",
      "x".repeat(10_000),
      "pink ".repeat(5_000),
      "宇".repeat(10_000),
      "👩‍👩‍👧‍👦".repeat(1_000),
      "\u202Efloyd",
      "..".repeat(3_000),
    ];
    for (const text of hostile) {
      const titles = await found(text);
      expect(titles.length, JSON.stringify(text.slice(0, 20))).toBeLessThan(names.length);
    }
    expect(await found("pink\0floyd")).not.toContain("Metallica");
  });

  it("takes any name into the catalogue", async () => {
    const flora = createSpokenProvider("flora");
    const odd = await openPlantCatalog(await database.location(), [flora]);
    const aliases = Array.from({ length: 300 }, (_, index) => `${"宇多".repeat(100)} ${"w".repeat(300)}${index}`);
    const invisible = "\u200b";
    for (const [index, name] of ["x".repeat(9_000), "' \\ & :*", "語 ".repeat(500), invisible].entries()) {
      const identifiers = [{ scheme: "flora.plant", value: String(index) } as const];
      flora.says.set(String(index), { attributes: { name, alsoCalled: aliases }, identifiers });
      const item = itemOf(await odd.import(plant, { id: String(index) }));
      const ids = (await odd.search(name)).map(({ id }) => id);
      expect(ids.includes(item.id)).toBe(name !== invisible);
    }
  });

  it("knows a name as soon as it is given, and no longer than it is", async () => {
    const flora = createSpokenProvider("flora");
    const changing = await openPlantCatalog(await database.location(), [flora]);
    flora.says.set("oak", { attributes: { name: "Oakwood" }, identifiers: [{ scheme: "flora.plant", value: "oak" }] });
    const oak = itemOf(await changing.import(plant, { id: "oak" }));
    await changing.edit(oak, { attributes: { name: "Elderberry" } });
    expect((await changing.search("elderbery")).map(({ title }) => title)).toEqual(["Elderberry"]);
    expect(await changing.search("oakwod")).toEqual([]);
    expect(await changing.search("oak")).toEqual([]);
  });

  it("has an index for each way to look, and takes three statements at most before it loads what it found", async () => {
    const lookUps = {
      item_by_word: sql`select from library.item i where library.name_lexemes(i.name_keys) @@ '''pink'':*'::tsquery`,
      item_by_title: sql`select from library.item i
        where (coalesce(left(i.name_keys[1], 80), '') collate "C") between 'pink' and 'pinl'`,
      name_word_by_end: sql`select from library.name_word w where (reverse(w.word) collate "C") between 'kni' and 'kno'`,
    };
    for (const [index, lookUp] of Object.entries(lookUps)) {
      const plan = await catalog.kysely.transaction().execute(async (transaction) => {
        // Tables as small as these are read whole otherwise.
        await sql`set local enable_seqscan = off`.execute(transaction);
        return sql`explain ${lookUp}`.execute(transaction);
      });
      expect(JSON.stringify(plan.rows)).toContain(index);
    }
    catalog.statements.length = 0;
    await catalog.search("pink flod");
    expect(catalog.statements.length).toBeLessThanOrEqual(4);
  });
});
