import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { ask, ids } from "./ask.ts";
import type { Entity, SearchPage } from "./ask.ts";

interface Relation {
  readonly "ordering-key": number;
  readonly "attribute-values": { readonly number?: string };
  readonly release_group: Entity;
}

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const lookUp = async (id: string, inc: string) => (await ask(sandbox, `/series/${id}`, { inc })).body;
const relationsOf = async (id: string, inc: string) => (await lookUp(id, inc))["relations"] as readonly Relation[];

describe("a series lookup", () => {
  test("gives the plain fields and nothing else without inc", async () => {
    expect(await lookUp(seriesIds.greatAlbums, "")).toEqual({
      id: seriesIds.greatAlbums,
      name: "Ten Great Albums of the Sandbox",
      disambiguation: "ranked",
      type: "Release group series",
      "type-id": "4c1c4949-7b6c-3a2d-9d54-a50a27e4fa77",
    });
  });

  test("gives its albums by rank, with numbers and credits", async () => {
    const relations = await relationsOf(seriesIds.greatAlbums, "release-group-rels artist-credits");
    expect(relations.map((relation) => relation["ordering-key"])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(relations[1]).toMatchObject({
      type: "part of",
      "type-id": "01018437-91d8-36b9-bf89-3f885d53b5bd",
      direction: "backward",
      "target-type": "release_group",
      attributes: ["number"],
      "attribute-values": { number: "2" },
      release_group: {
        id: ids.darkSide,
        title: "The Dark Side of the Moon",
        "primary-type": "Album",
        "first-release-date": "1973-03-24",
        "artist-credit": [{ name: "Pink Floyd", joinphrase: "" }],
      },
    });
  });

  test("gives no credits unless they are asked for", async () => {
    const [first] = await relationsOf(seriesIds.greatAlbums, "release-group-rels");
    expect(first?.release_group).not.toHaveProperty("artist-credit");
  });

  test("gives albums without numbers in their order", async () => {
    const relations = await relationsOf(seriesIds.unnumbered, "release-group-rels");
    expect(relations.map((relation) => relation.release_group.title)).toEqual([
      "The Wall",
      "The Dark Side of the Moon",
      "Debut",
    ]);
    expect(relations.map((relation) => relation["attribute-values"])).toEqual([{}, {}, {}]);
  });

  test("gives recordings, releases and artists", async () => {
    expect(await lookUp(seriesIds.greatSongs, "recording-rels artist-credits")).toMatchObject({
      type: "Recording series",
      relations: [
        { "target-type": "recording", recording: { id: ids.money, "artist-credit": [{ name: "Pink Floyd" }] } },
        { recording: { title: "Smells Like Teen Spirit" } },
        { recording: { title: "Time" } },
      ],
    });
    expect(await lookUp(seriesIds.originalVinyl, "release-rels")).toMatchObject({
      relations: [
        { "attribute-values": { number: "SHVL 804" }, release: { title: "The Dark Side of the Moon", country: "GB" } },
        { release: { title: "The Wall" } },
      ],
    });
    expect(await lookUp(seriesIds.residents, "artist-rels")).toMatchObject({
      relations: [{ artist: { id: ids.pinkFloyd } }, { artist: { name: "Radiohead" } }],
    });
  });

  test("gives none when another kind is asked for, or when it is empty", async () => {
    expect(await relationsOf(seriesIds.greatAlbums, "recording-rels")).toEqual([]);
    expect(await relationsOf(seriesIds.empty, "release-group-rels")).toEqual([]);
  });

  test("gives aliases, tags and the annotation when asked", async () => {
    expect(await lookUp(seriesIds.greatAlbums, "aliases tags genres annotation")).toMatchObject({
      aliases: [{ name: "Sandbox Top 10" }],
      tags: [{ name: "ranking", count: 1 }],
      genres: [],
      annotation: "Ranked by nobody.",
    });
  });

  test("answers a merged identifier with 301 and the new entity's body", async () => {
    const { status, headers, body } = await ask(sandbox, `/series/${seriesIds.greatAlbumsMerged}`);
    expect(status).toBe(301);
    expect(headers.get("location")).toBe(`${sandbox.url}/series/${seriesIds.greatAlbums}?fmt=json`);
    expect(body.id).toBe(seriesIds.greatAlbums);
  });
});

describe("a series search", () => {
  const search = async (query: string) => (await ask<SearchPage>(sandbox, "/series", { query })).body.series;

  test("finds a series by its name, without what is in it", async () => {
    const [hit] = await search('series:"Ten Great Albums of the Sandbox"');
    expect(hit).toMatchObject({ id: seriesIds.greatAlbums, score: 100, type: "Release group series" });
    expect(hit).not.toHaveProperty("relations");
  });

  test.each([
    ['"Sandbox Top 10"', seriesIds.greatAlbums],
    ['type:"Recording series"', seriesIds.greatSongs],
    [`sid:${seriesIds.greatAlbumsMerged}`, seriesIds.greatAlbums],
    ["series:(Great Songs)", seriesIds.greatSongs],
  ])("finds it with %s", async (query, id) => {
    expect((await search(query))[0]?.id).toBe(id);
  });
});
