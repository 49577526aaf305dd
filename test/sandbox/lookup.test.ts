import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { anyList, ask, ids } from "./ask.ts";
import type { ErrorBody } from "./ask.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

describe("an artist lookup", () => {
  test("gives the plain fields and nothing else without inc", async () => {
    const { status, headers, body } = await ask(sandbox, `/artist/${ids.pinkFloyd}`);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("x-ratelimit-limit")).toBe("1200");
    expect(headers.get("etag")).toMatch(/^W\/"/u);
    expect(Object.keys(body).toSorted()).toEqual([
      "area",
      "begin-area",
      "country",
      "disambiguation",
      "end-area",
      "gender",
      "gender-id",
      "id",
      "ipis",
      "isnis",
      "life-span",
      "name",
      "sort-name",
      "type",
      "type-id",
    ]);
    expect(body).toMatchObject({
      name: "Pink Floyd",
      type: "Group",
      country: "GB",
      gender: null,
      "end-area": null,
      area: { name: "United Kingdom", "iso-3166-1-codes": ["GB"], type: null },
      "begin-area": { name: "London" },
      "life-span": { begin: "1965", end: "2014", ended: true },
    });
  });

  test("gives aliases, tags, genres, rating, annotation and links when asked", async () => {
    const inc = "aliases annotation tags genres ratings url-rels";
    const { body } = await ask(sandbox, `/artist/${ids.pinkFloyd}`, { inc });
    expect(body["aliases"]).toContainEqual(
      expect.objectContaining({ name: "The Pink Floyd", begin: "1965", ended: true, primary: null }),
    );
    expect(body["genres"]).toContainEqual(
      expect.objectContaining({ name: "progressive rock", count: 31, id: "ae9b8279-3959-48d8-8a88-741a7f6d4a48" }),
    );
    expect(body["tags"]).toContainEqual({ name: "progressive rock", count: 31 });
    expect(body["tags"]).toContainEqual({ name: "british", count: 9 });
    expect(body["rating"]).toEqual({ value: 4.6, "votes-count": 121 });
    expect(body["annotation"]).toEqual(expect.any(String));
    expect(body["relations"]).toContainEqual(
      expect.objectContaining({
        type: "wikidata",
        "target-type": "url",
        direction: "forward",
        url: expect.objectContaining({ resource: "https://www.wikidata.org/wiki/Q2306" }) as unknown,
      }),
    );
  });

  test("says null or nothing where it knows nothing", async () => {
    const { body } = await ask(sandbox, `/artist/${ids.weezer}`, { inc: "aliases annotation url-rels" });
    expect(body).toMatchObject({
      aliases: [],
      annotation: null,
      relations: [],
      "life-span": { end: null, ended: false },
    });
  });

  test("takes a literal plus as well as a space between inc values", async () => {
    const response = await fetch(`${sandbox.url}/artist/${ids.pinkFloyd}?inc=genres%2Btags`);
    expect(await response.json()).toMatchObject({ genres: anyList, tags: anyList });
  });

  test("lists release groups and releases, at most twenty-five of each", async () => {
    const { body } = await ask(sandbox, `/artist/${ids.pinkFloyd}`, { inc: "release-groups releases", type: "album" });
    expect(body["release-groups"]).toContainEqual(expect.objectContaining({ id: ids.darkSide }));
    expect((body["releases"] as unknown[]).length).toBeLessThanOrEqual(25);
  });

  test("takes an identifier in capitals", async () => {
    const { status } = await ask(sandbox, `/artist/${ids.pinkFloyd.toUpperCase()}`);
    expect(status).toBe(200);
  });

  test("answers a merged identifier with 301 and the new entity's body, honouring inc", async () => {
    const { status, headers, body } = await ask(sandbox, `/artist/${ids.motorheadMerged}`, { inc: "genres" });
    expect(status).toBe(301);
    expect(headers.get("location")).toBe(`${sandbox.url}/artist/${ids.motorhead}?fmt=json&inc=genres`);
    expect(body).toMatchObject({ id: ids.motorhead, name: "Motörhead", genres: anyList });
  });

  test("leads a client that follows redirects to the new entity", async () => {
    const { status, body } = await ask(sandbox, `/artist/${ids.motorheadMerged}`, {}, { redirect: "follow" });
    expect(status).toBe(200);
    expect(body.id).toBe(ids.motorhead);
  });
});

describe("a release group lookup", () => {
  test("gives the plain fields and nothing else without inc", async () => {
    const { body } = await ask(sandbox, `/release-group/${ids.darkSide}`);
    expect(body).toEqual({
      id: ids.darkSide,
      title: "The Dark Side of the Moon",
      disambiguation: "",
      "primary-type": "Album",
      "primary-type-id": "f529b476-6e62-324f-b0aa-1f3e33d313fc",
      "secondary-types": [],
      "secondary-type-ids": [],
      "first-release-date": "1973-03-24",
    });
  });

  test("gives its credit, its releases and their media when asked", async () => {
    const inc = "artist-credits releases media genres ratings";
    const { body } = await ask(sandbox, `/release-group/${ids.darkSide}`, { inc });
    const credit = [
      { name: "Pink Floyd", joinphrase: "", artist: { id: ids.pinkFloyd, name: "Pink Floyd", country: "GB" } },
    ];
    expect(body).toMatchObject({
      "artist-credit": credit,
      rating: { value: 4.75 },
      releases: [
        {
          title: "The Dark Side of the Moon",
          status: "Official",
          date: "1973-03-24",
          country: "GB",
          "release-events": [{ date: "1973-03-24", area: { "iso-3166-1-codes": ["GB"] } }],
          media: [{ position: 1, format: '12" Vinyl', "track-count": 10 }],
          "artist-credit": credit,
        },
        { date: "1985" },
        { date: "1973-03-24", country: "US" },
        { date: "1994-03" },
        { date: "2011-09-26" },
      ],
    });
  });

  test("filters its releases by status", async () => {
    const parameters = { inc: "releases", status: "bootleg" };
    const { body } = await ask(sandbox, `/release-group/${ids.darkSide}`, parameters);
    expect(body["releases"]).toEqual([]);
  });

  test("answers a merged identifier with 301 and the new entity's body", async () => {
    const { status, headers, body } = await ask(sandbox, `/release-group/${ids.aceOfSpadesMerged}`);
    expect(status).toBe(301);
    expect(body).toMatchObject({ title: "Ace of Spades" });
    expect(headers.get("location")).toBe(`${sandbox.url}/release-group/${body.id}?fmt=json`);
  });
});

describe("a url lookup", () => {
  const resource = "https://www.wikidata.org/wiki/Q2306";

  test("finds who uses an address", async () => {
    const { body } = await ask(sandbox, "/url", { resource, inc: "artist-rels release-group-rels" });
    expect(body).toMatchObject({
      resource,
      relations: [{ type: "wikidata", direction: "backward", "target-type": "artist", artist: { id: ids.pinkFloyd } }],
    });
    expect(await ask(sandbox, `/url/${body.id}`)).toMatchObject({ status: 200, body: { id: body.id, resource } });
  });

  test("writes the release group's kind with an underscore", async () => {
    const parameters = { resource: "https://www.wikidata.org/wiki/Q150901", inc: "release-group-rels" };
    const { body } = await ask(sandbox, "/url", parameters);
    expect(body).toMatchObject({
      relations: [{ "target-type": "release_group", release_group: { id: ids.darkSide } }],
    });
  });

  test("answers several addresses with a list of those that exist", async () => {
    const query = new URLSearchParams([
      ["resource", resource],
      ["resource", "https://example.org/"],
    ]);
    const response = await fetch(`${sandbox.url}/url?${query.toString()}`);
    expect(await response.json()).toMatchObject({ "url-count": 1, urls: [{ resource }] });
  });

  test("answers 404 for an unknown address", async () => {
    const { status } = await ask<ErrorBody>(sandbox, "/url", { resource: "https://example.org/" });
    expect(status).toBe(404);
  });
});
