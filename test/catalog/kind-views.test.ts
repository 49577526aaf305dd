import { sql } from "kysely";
import { expect, it } from "vitest";
import { z } from "zod";
import { defineImporter, defineKind, definePack, defineScheme, openCatalog } from "../../src/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

/** Runs one statement as somebody who queries the catalogue with nothing but SQL. */
async function query(location: string, text: string): Promise<readonly unknown[]> {
  const database = await openDatabase({ location });
  try {
    return (await sql.raw(text).execute(database.kysely)).rows;
  } finally {
    await database.close();
  }
}

describeOnDatabases("a kind's view", (database) => {
  it("has a typed column for each attribute and identity scheme, and leaves out merged items", async () => {
    const location = await database.location();
    const flora = createSpokenProvider("flora");
    const catalog = await openPlantCatalog(location, [flora]);
    flora.says.set("oak", oak({ attributes: { height: 12.5, evergreen: false, alsoCalled: ["Quercus"] } }));
    flora.says.set("oak-2", oak({ identifiers: [] }));
    flora.says.set("holm", { attributes: { name: "Holm" }, identifiers: [{ scheme: "flora.plant", value: "holm" }] });
    await catalog.import(plant, { id: "oak" });
    await catalog.import(plant, { id: "holm" });
    const [kept, dropped] = [await catalog.find(plant, { id: "oak" }), await catalog.find(plant, { id: "holm" })];
    if (!kept || !dropped) throw new Error("not imported");
    await catalog.mergeItems(kept, dropped);
    await catalog.close();
    expect(
      await query(
        location,
        "select name, family, height + 0.5 as height, not evergreen as deciduous, also_called, flora_plant, herbarium_plant, version from flora.plant",
      ),
    ).toEqual([
      {
        name: "Oak",
        family: "Fagaceae",
        height: 13,
        deciduous: true,
        also_called: ["Quercus"],
        flora_plant: "oak",
        herbarium_plant: null,
        version: expect.any(Number),
      },
    ]);
  });

  it("is made anew when its kind has changed, and costs one statement when it has not", async () => {
    const location = await database.location();
    const id = defineScheme({ name: "stone.id", uniqueness: "identity" });
    const stone = (attributes: z.ZodObject) =>
      definePack({
        name: "stones",
        importers: [
          defineImporter({
            kind: defineKind({
              name: "stones.stone",
              attributes: attributes as z.ZodObject<{ name: z.ZodString }>,
              title: "name",
              identifiers: [id],
              query: z.object({ id: z.string() }),
              want: () => ({}),
            }),
            providers: [],
          }),
        ],
      });
    await (await openCatalog({ database: location, packs: [stone(z.object({ name: z.string() }))] })).close();
    await (
      await openCatalog({
        database: location,
        packs: [stone(z.object({ name: z.string(), weight: z.int().optional() }))],
      })
    ).close();
    expect(await query(location, "select weight from stones.stone")).toEqual([]);
    const statements: string[] = [];
    const again = stone(z.object({ name: z.string(), weight: z.int().optional() }));
    await (
      await openCatalog({ database: location, packs: [again], onStatement: (text) => statements.push(text) })
    ).close();
    expect(statements).toHaveLength(2);
  });

  it("stands in a schema of its own where the catalogue does", async () => {
    const location = await database.location();
    const flora = createSpokenProvider("flora");
    flora.says.set("oak", oak());
    const catalog = await openPlantCatalog(location, [flora], { schema: "nursery" });
    await catalog.import(plant, { id: "oak" });
    await catalog.close();
    expect(await query(location, "select name from nursery_flora.plant")).toEqual([{ name: "Oak" }]);
    expect(await query(location, "select count(*)::int as n from nursery.item")).toEqual([{ n: 1 }]);
  });

  it("may stand beside views of its relations, with the ends and what is said of them", async () => {
    const location = await database.location();
    const scheme = defineScheme({ name: "stage.id", uniqueness: "identity" });
    const asked = { query: z.object({ id: z.string() }), want: () => ({}) };
    const named = { attributes: z.object({ name: z.string() }), title: "name" as const, ...asked };
    const song = defineKind({
      name: "stage.song",
      identifiers: [defineScheme({ name: "song.id", uniqueness: "identity" })],
      ...named,
    });
    const show = (view: string) =>
      defineKind({
        name: "stage.show",
        identifiers: [scheme],
        relations: { part: song },
        relationViews: { part: { name: view, attributes: z.object({ act: z.int(), title: z.string().optional() }) } },
        ...named,
      });
    const open = (view: string) =>
      openCatalog({
        database: location,
        packs: [
          definePack({
            name: "stage",
            importers: [
              defineImporter({ kind: show(view), providers: [] }),
              defineImporter({ kind: song, providers: [] }),
            ],
          }),
        ],
      });
    await (await open("part")).close();
    const [evita, song1] = ["00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002"];
    await query(
      location,
      `insert into accession.item (id, kind, title, attributes, name_keys) values
        ('${evita}', 'stage.show', 'Evita', '{}', '{evita}'), ('${song1}', 'stage.song', 'Oh What a Circus', '{}', '{}');
      insert into accession.relation (from_id, type, position, to_id, attributes, provider) values
        ('${evita}', 'part', 2, '${song1}', '{"act": 1, "title": "Circus"}', 'stage'),
        ('${evita}', 'other', 1, '${song1}', '{}', 'stage')`,
    );
    expect(await query(location, "select *, act + 1 as next from stage.part")).toEqual([
      {
        show_id: evita,
        song_id: song1,
        position: 2,
        act: 1,
        title: "Circus",
        show_title: "Evita",
        song_title: "Oh What a Circus",
        next: 2,
      },
    ]);
    await expect(open("song")).rejects.toMatchObject({ code: "definition-invalid" });
    expect(() => show("No Word")).toThrow(expect.objectContaining({ code: "definition-invalid" }));
  });
});
