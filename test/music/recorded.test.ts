import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { contributionData } from "../../src/engine/contribution.ts";
import { album, artist } from "../../src/music/index.ts";
import { albumContribution } from "../../src/music/providers/musicbrainz/album-contribution.ts";
import { artistContribution } from "../../src/music/providers/musicbrainz/artist-contribution.ts";
import {
  artistResponse,
  artistSearchResponse,
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
  recordings.filter((recording) => recording.kind === kind && recording.status === 200).map((recording) => recording.file);

const filesOfFolder = (name: string): string[] =>
  isThere ? readdirSync(`${folder}${name}`).map((file) => `${name}/${file}`) : [];

const artists = {
  expectMapped(response: z.output<typeof artistResponse>): void {
    const said = artistContribution(response);
    expect(artist.attributes.safeParse(said.attributes).error).toBeUndefined();
    expect(contributionData.safeParse(said).error).toBeUndefined();
  },
  page: z.object({ artists: z.array(artistResponse) }),
};
const albums = {
  expectMapped(response: z.output<typeof releaseGroupResponse>): void {
    const said = albumContribution(response);
    expect(album.attributes.safeParse(said.attributes).error).toBeUndefined();
    expect(contributionData.safeParse(said).error).toBeUndefined();
    for (const { to } of said.relations ?? []) {
      expect(artist.attributes.safeParse(to.attributes).error).toBeUndefined();
    }
  },
  page: z.object({ "release-groups": z.array(releaseGroupResponse) }),
};

describe.skipIf(!isThere)(`recorded responses${isThere ? "" : ` (skipped: ${folder} is not there)`}`, () => {
  test.each(filesOf("artist"))("%s is an artist", (file) => {
    artists.expectMapped(artistResponse.parse(read(file)));
  });
  test.each(filesOf("browse-artists"))("%s is a page of artists", (file) => {
    for (const one of artists.page.parse(read(file)).artists) artists.expectMapped(one);
  });
  test.each(filesOf("search-artists"))("%s is a page of hits of an artist search", (file) => {
    for (const hit of artistSearchResponse.parse(read(file)).artists) {
      artists.expectMapped(hit);
      expect(hit.score).toBeTypeOf("number");
    }
  });
  test.each(filesOf("release-group"))("%s is a release group", (file) => {
    albums.expectMapped(releaseGroupResponse.parse(read(file)));
  });
  test.each(filesOf("browse-release-groups"))("%s is a page of release groups", (file) => {
    for (const one of albums.page.parse(read(file))["release-groups"]) albums.expectMapped(one);
  });
  test.each(filesOf("search-release-groups"))("%s is a page of hits of a release group search", (file) => {
    for (const hit of releaseGroupSearchResponse.parse(read(file))["release-groups"]) {
      albums.expectMapped(hit);
      expect(hit.score).toBeTypeOf("number");
    }
  });

  const exchange = z.object({ url: z.string(), status: z.number(), body: z.unknown() });
  const exchanges = filesOfFolder("http-exchanges/musicbrainz-server-tests").map((file) => ({ file, ...exchange.parse(read(file)) }));
  test.each(exchanges.filter(({ status, url }) => status === 200 && /\/ws\/2\/artist\//.test(url)))("$file is an artist", ({ body }) => {
    artists.expectMapped(artistResponse.parse(body));
  });
  test.each(exchanges.filter(({ status, url }) => status === 200 && /\/ws\/2\/release-group\//.test(url)))("$file is a release group", ({ body }) => {
    albums.expectMapped(releaseGroupResponse.parse(body));
  });
});
