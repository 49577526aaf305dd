import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Kind } from "../../src/engine/kind.ts";
import { silentLog } from "../../src/engine/log.ts";
import { readContribution } from "../../src/engine/reading.ts";
import { createRegistry } from "../../src/engine/registry.ts";
import { album, artist, music } from "../../src/music/index.ts";
import { albumContribution } from "../../src/music/providers/musicbrainz/album-contribution.ts";
import { artistContribution } from "../../src/music/providers/musicbrainz/artist-contribution.ts";
import {
  type ArtistResponse,
  artistResponse,
  artistSearchResponse,
  type ReleaseGroupResponse,
  releaseGroupResponse,
  releaseGroupSearchResponse,
} from "../../src/music/providers/musicbrainz/responses.ts";

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
const storedArtist = (response: ArtistResponse) => stored(artistContribution(response), artist);
const storedAlbum = (response: ReleaseGroupResponse) => stored(albumContribution(response), album);

const artistPage = z.object({ artists: z.array(artistResponse) });
const albumPage = z.object({ "release-groups": z.array(releaseGroupResponse) });
const exchange = z.object({ url: z.string(), status: z.number(), body: z.unknown() });

/** Look-ups of an entity that the server's own tests expect. */
const lookUps = (entity: string) =>
  filesOfFolder("http-exchanges/musicbrainz-server-tests")
    .map((file) => ({ file, ...exchange.parse(read(file)) }))
    .filter(({ status, url }) => status === 200 && url.includes(`/ws/2/${entity}/`));

describe.skipIf(!isThere)(`recorded responses${isThere ? "" : " (skipped: ../shared/recorded is not there)"}`, () => {
  test("of every sort are at hand", () => {
    const kinds = [
      "artist",
      "browse-artists",
      "search-artists",
      "release-group",
      "browse-release-groups",
      "search-release-groups",
    ];
    expect(kinds.filter((kind) => filesOf(kind).length === 0)).toEqual([]);
    expect([lookUps("artist").length, lookUps("release-group").length]).not.toContain(0);
  });

  test.each(filesOf("artist"))("%s is an artist", (file) => {
    expect(storedArtist(artistResponse.parse(read(file))).attributes).toHaveProperty("name");
  });

  test.each(filesOf("browse-artists"))("%s is a page of artists", (file) => {
    for (const one of artistPage.parse(read(file)).artists) expect(storedArtist(one).attributes).toHaveProperty("name");
  });

  test.each(filesOf("search-artists"))("%s is a page of hits of an artist search", (file) => {
    for (const hit of artistSearchResponse.parse(read(file)).artists) {
      expect(storedArtist(hit).attributes).toHaveProperty("name");
      expect(hit.score).toBeTypeOf("number");
    }
  });

  test.each(filesOf("release-group"))("%s is a release group", (file) => {
    expect(storedAlbum(releaseGroupResponse.parse(read(file))).attributes).toHaveProperty("title");
  });

  test.each(filesOf("browse-release-groups"))("%s is a page of release groups", (file) => {
    for (const one of albumPage.parse(read(file))["release-groups"]) {
      expect(storedAlbum(one).attributes).toHaveProperty("title");
    }
  });

  test.each(filesOf("search-release-groups"))("%s is a page of hits of a release group search", (file) => {
    for (const hit of releaseGroupSearchResponse.parse(read(file))["release-groups"]) {
      expect(storedAlbum(hit).attributes).toHaveProperty("title");
      expect(hit.score).toBeTypeOf("number");
    }
  });

  test.each(lookUps("artist"))("$file is an artist", ({ body }) => {
    expect(storedArtist(artistResponse.parse(body)).attributes).toHaveProperty("name");
  });

  test.each(lookUps("release-group"))("$file is a release group", ({ body }) => {
    expect(storedAlbum(releaseGroupResponse.parse(body)).attributes).toHaveProperty("title");
  });
});
