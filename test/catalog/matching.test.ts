import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Catalog } from "../../src/index.ts";
import { album, artist } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { known, openMusicCatalog, openTestSandbox } from "../support/music-catalog.ts";
import { itemOf, openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, oak, plant } from "../support/spoken-provider.ts";

describeOnDatabases("telling namesakes apart", (database) => {
  let sandbox: Sandbox;
  let catalog: Catalog;

  beforeAll(async () => {
    sandbox = await openTestSandbox();
    catalog = await openMusicCatalog(await database.location(), sandbox);
  });

  it("is a person's to do where the name alone says too little; nothing is stored meanwhile", async () => {
    const result = await catalog.import(artist, { name: "Nirvana" });
    if (result.status !== "ambiguous") throw new Error(result.status);
    expect(result.candidates).toHaveLength(3);
    expect(result.candidates[0]).toMatchObject({
      id: `musicbrainz.artist:${known.nirvanaUs}`,
      title: "Nirvana",
      provider: "musicbrainz",
      evidence: [{ feature: "name", points: 1, detail: "named Nirvana" }, { feature: "source" }],
    });
    expect(await catalog.search("Nirvana")).toEqual([]);
  });

  it("is done by a country or a year", async () => {
    const grunge = itemOf(await catalog.import(artist, { name: "Nirvana", country: "US" }));
    expect(grunge.identifiers).toContainEqual({
      scheme: "musicbrainz.artist",
      value: known.nirvanaUs,
      provider: "musicbrainz",
    });
    const british = itemOf(await catalog.import(artist, { name: "Nirvana", born: 1965 }));
    expect(british.identifiers).toContainEqual({
      scheme: "musicbrainz.artist",
      value: known.nirvanaUk,
      provider: "musicbrainz",
    });
    expect(await catalog.find(artist, { name: "Nirvana", country: "GB" })).toMatchObject({ id: british.id });
  });

  it("prefers the album to the single and the compilation of its name", async () => {
    const result = await catalog.import(album, { title: "Nevermind", artist: "Nirvana" });
    expect(result).toMatchObject({ status: "created", item: { attributes: { primaryType: "album" } } });
  });

  it("asks which of one artist's albums of one title is meant, unless the year tells", async () => {
    const six = await catalog.import(album, { title: "Weezer", artist: "Weezer" });
    expect(six.status).toBe("ambiguous");
    const green = await catalog.import(album, { title: "Weezer", artist: "Weezer", year: 2001 });
    expect(green).toMatchObject({
      status: "created",
      item: { attributes: { firstReleaseDate: expect.stringMatching(/^2001/) } },
    });
  });
});

describeOnDatabases("a person's choice of a candidate", (database) => {
  const flora = createSpokenProvider("flora");
  let catalog: Catalog;
  const elder = {
    attributes: { name: "Elder", family: "Viburnaceae" },
    identifiers: [{ scheme: "flora.plant", value: "elder" }],
  } as const;
  const boxElder = {
    attributes: { name: "Elder", family: "Sapindaceae" },
    identifiers: [{ scheme: "flora.plant", value: "box-elder" }],
  } as const;

  beforeEach(async () => {
    catalog = await openPlantCatalog(await database.location(), [flora]);
    flora.says.set("elder", elder);
    flora.says.set("box-elder", boxElder);
    flora.finds = [
      { contribution: elder, score: 100 },
      { contribution: boxElder, score: 40 },
    ];
    flora.searched.length = 0;
  });

  it("is remembered: the same query never asks again, not even by force", async () => {
    expect((await catalog.import(plant, { name: "Elder" })).status).toBe("ambiguous");
    const chosen = await catalog.import(plant, { name: "Elder" }, { match: "flora.plant:box-elder" });
    expect(chosen).toMatchObject({ status: "created", item: { attributes: { family: "Sapindaceae" } } });
    await catalog.import(plant, { id: "elder" });
    expect(flora.searched).toEqual(["Elder"]);
    expect(await catalog.import(plant, { name: "ELDER" })).toMatchObject({
      status: "unchanged",
      item: { id: itemOf(chosen).id },
    });
    expect(await catalog.import(plant, { name: "Elder" }, { forceProviders: true })).toMatchObject({
      item: { id: itemOf(chosen).id },
    });
    expect(flora.searched).toEqual(["Elder"]);
  });

  it("can be a rejection: the candidate never returns, and the rest may become clear", async () => {
    const rest = await catalog.import(plant, { name: "Elder" }, { reject: ["flora.plant:elder"] });
    expect(rest).toMatchObject({ status: "created", item: { attributes: { family: "Sapindaceae" } } });
    const none = await catalog.import(
      plant,
      { name: "Elder" },
      { reject: ["flora.plant:box-elder"], forceProviders: true },
    );
    expect(none.status).toBe("not-found");
    expect((await catalog.import(plant, { name: "Elder" }, { forceProviders: true })).status).toBe("not-found");
  });

  it("can be changed", async () => {
    await catalog.import(plant, { name: "Elder" }, { match: "flora.plant:box-elder" });
    const changed = await catalog.import(plant, { name: "Elder" }, { match: "flora.plant:elder" });
    expect(changed).toMatchObject({ status: "created", item: { attributes: { family: "Viburnaceae" } } });
    expect(await catalog.import(plant, { name: "Elder" })).toMatchObject({ item: { id: itemOf(changed).id } });
  });

  it("is refused where it is no identifier of the kind", async () => {
    await expect(catalog.import(plant, { name: "Elder" }, { match: "isbn:978" })).resolves.toMatchObject({
      status: "not-found",
    });
    await expect(catalog.import(plant, { name: "Elder" }, { match: "" })).rejects.toMatchObject({
      code: "query-invalid",
    });
  });

  it("stores what a search has said in full without looking it up", async () => {
    flora.finds = [{ contribution: oak(), score: 100, whole: true }];
    flora.asked.length = 0;
    const result = await catalog.import(plant, { name: "Oak" });
    expect(result).toMatchObject({ status: "created", item: { attributes: { family: "Fagaceae" } } });
    expect(flora.asked).toEqual([]);
  });

  it("is asked for by a second provider too, and does not stop the others", async () => {
    const herbarium = createSpokenProvider("herbarium");
    herbarium.says.set("oak", oak({ attributes: { height: 3 } }));
    const both = await openPlantCatalog(await database.location(), [flora, herbarium]);
    flora.finds = [];
    herbarium.finds = [{ contribution: oak() }];
    const result = await both.import(plant, { name: "Oak" });
    expect(result.providers.map((one) => one.status)).toEqual(["not-found", "contributed"]);
  });
});
