import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Kind } from "../../src/engine/kind.ts";
import { silentLog } from "../../src/engine/log.ts";
import { readContribution } from "../../src/engine/reading.ts";
import { createRegistry } from "../../src/engine/registry.ts";
import { album, artist, list, music, release, song } from "../../src/music/index.ts";
import { albumContribution } from "../../src/music/providers/musicbrainz/album-contribution.ts";
import { artistContribution } from "../../src/music/providers/musicbrainz/artist-contribution.ts";
import { listContribution } from "../../src/music/providers/musicbrainz/list-contribution.ts";
import { readDocument } from "../../src/music/providers/musicbrainz/read-document.ts";
import { releaseContribution } from "../../src/music/providers/musicbrainz/release-contribution.ts";
import { artistResponse, artistSearchResponse } from "../../src/music/providers/musicbrainz/responses/artist.ts";
import {
  recordingResponse,
  recordingSearchResponse,
} from "../../src/music/providers/musicbrainz/responses/recording.ts";
import {
  releaseGroupResponse,
  releaseGroupSearchResponse,
} from "../../src/music/providers/musicbrainz/responses/release-group.ts";
import { releaseResponse, releaseSearchResponse } from "../../src/music/providers/musicbrainz/responses/release.ts";
import { seriesResponse, seriesSearchResponse } from "../../src/music/providers/musicbrainz/responses/series.ts";
import { songContribution } from "../../src/music/providers/musicbrainz/song-contribution.ts";

/** Real responses of many eras; they are not part of this project, so a checkout by itself has none. */
const folder = fileURLToPath(new URL("../../../shared/recorded/", import.meta.url));
const isThere = existsSync(`${folder}index.json`);

const index = z.array(z.object({ file: z.string(), kind: z.string(), status: z.number() }));
const recordings = isThere ? index.parse(JSON.parse(readFileSync(`${folder}index.json`, "utf8"))) : [];
const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
const filesOf = (kind: string): string[] =>
  recordings
    .filter((recording) => recording.kind === kind && recording.status === 200)
    .map((recording) => recording.file);

const filesOfFolder = (name: string): string[] =>
  isThere ? readdirSync(`${folder}${name}`).map((file) => `${name}/${file}`) : [];

const registry = createRegistry([music()]);
/** What the catalogue would store of an answer; the mapping has already dropped what the engine would warn of. */
const stored = (said: object, kind: Kind) => {
  const warn = (details: object): void => expect.fail(JSON.stringify(details));
  return readContribution(said, { by: "musicbrainz", kind, registry, log: { ...silentLog, warn } });
};

/** What is recorded of an entity, and how it is read: a look-up or a dump's document, a hit of a search, a place in a page. */
const entities = [
  {
    entity: "artist",
    plural: "artists",
    read: (document: unknown) => stored(artistContribution(readDocument(artistResponse, document, "artist")), artist),
    hits: (page: unknown) => artistSearchResponse.parse(page).artists,
  },
  {
    entity: "release-group",
    plural: "release-groups",
    read: (document: unknown) =>
      stored(albumContribution(readDocument(releaseGroupResponse, document, "release group")), album),
    hits: (page: unknown) => releaseGroupSearchResponse.parse(page)["release-groups"],
  },
  {
    entity: "release",
    plural: "releases",
    read: (document: unknown) =>
      stored(releaseContribution(readDocument(releaseResponse, document, "release")), release),
    hits: (page: unknown) => releaseSearchResponse.parse(page).releases,
  },
  {
    entity: "recording",
    plural: "recordings",
    read: (document: unknown) => stored(songContribution(readDocument(recordingResponse, document, "recording")), song),
    hits: (page: unknown) => recordingSearchResponse.parse(page).recordings,
  },
  {
    entity: "series",
    plural: "series",
    read: (document: unknown) => stored(listContribution(readDocument(seriesResponse, document, "series")), list),
    hits: (page: unknown) => seriesSearchResponse.parse(page).series,
  },
];

const exchange = z.object({ url: z.string(), status: z.number(), body: z.unknown() });
const page = z.record(z.string(), z.unknown());
const listed = z.array(z.object({ id: z.string() }).loose());

/** Look-ups of an entity that the server's own tests expect. */
const lookUps = (entity: string) =>
  filesOfFolder("http-exchanges/musicbrainz-server-tests")
    .map((file) => ({ file, ...exchange.parse(read(file)) }))
    .filter(({ status, url }) => status === 200 && url.includes(`/ws/2/${entity}/`));

const titleOf = ({ attributes }: ReturnType<typeof stored>) => attributes["title"] ?? attributes["name"];

describe.skipIf(!isThere)(`recorded responses${isThere ? "" : " (skipped: ../shared/recorded is not there)"}`, () => {
  describe.each(entities)("of $plural", ({ entity, plural, read: readEntity, hits }) => {
    test("of every sort are at hand", () => {
      const kinds = [entity, `search-${plural}`, ...(entity === "series" ? [] : [`browse-${plural}`])];
      expect(kinds.filter((kind) => filesOf(kind).length === 0)).toEqual([]);
      expect(lookUps(entity).length).toBeGreaterThan(0);
    });

    test.each(filesOf(entity))("%s is one", (file) => {
      expect(titleOf(readEntity(read(file)))).toBeTypeOf("string");
    });

    test.each(filesOf(`browse-${plural}`))("%s is a page of them", (file) => {
      for (const one of listed.parse(page.parse(read(file))[plural])) {
        expect(titleOf(readEntity(one))).toBeTypeOf("string");
      }
    });

    test.each(filesOf(`search-${plural}`))("%s is a page of hits of a search", (file) => {
      const raw = listed.parse(page.parse(read(file))[plural]);
      const found = hits(read(file));
      expect(found.map((hit) => hit.id)).toEqual(raw.map((one) => one.id));
      for (const [at, one] of raw.entries()) {
        expect(titleOf(readEntity(one))).toBeTypeOf("string");
        expect(found[at]?.score).toBeTypeOf("number");
      }
    });

    test.each(lookUps(entity))("$file is one", ({ body }) => {
      expect(titleOf(readEntity(body))).toBeTypeOf("string");
    });
  });

  test("of releases with tracks have all of these, each at a place of its own", () => {
    const withTracks = filesOf("release").flatMap((file) => {
      const tracks = z
        .object({ media: z.array(z.object({ tracks: z.array(z.unknown()).default([]) }).loose()).default([]) })
        .parse(read(file))
        .media.flatMap((medium) => medium.tracks);
      return tracks.length === 0 ? [] : [{ file, count: tracks.length }];
    });
    expect(withTracks.length).toBeGreaterThan(5);
    for (const { file, count } of withTracks) {
      const said = releaseContribution(readDocument(releaseResponse, read(file), "release"));
      const positions = (said.relations ?? []).filter((one) => one.type === "track").map((one) => one.position);
      expect(positions.length, file).toBeGreaterThanOrEqual(count);
      expect(positions, file).toEqual(positions.map((_, at) => at + 1));
    }
  });

  test("of a series have its entries in their order", () => {
    const [file = ""] = filesOf("series").filter((one) => one.includes("mtv-unplugged"));
    const said = listContribution(readDocument(seriesResponse, read(file), "series"));
    const entries = said.relations ?? [];
    expect(entries.length).toBeGreaterThan(50);
    expect(new Set(entries.map((one) => one.type))).toEqual(new Set(["album"]));
    expect(entries.map((one) => one.position)).toEqual(entries.map((_, at) => at + 1));
  });
});
