import { createHash } from "node:crypto";
import { Hono } from "hono";
import { errorBody, notFound, notImplemented } from "./answers/answer.ts";
import type { Answer, Json } from "./answers/answer.ts";
import { browseReleases } from "./answers/browse-releases.ts";
import { browseReleaseGroups } from "./answers/browse.ts";
import { lookUpIsrc, lookUpRecording, lookUpRelease, lookUpSeries } from "./answers/lookup-releases.ts";
import { findUrls, lookUpArtist, lookUpReleaseGroup, lookUpUrl } from "./answers/lookup.ts";
import { recordingHitJson, releaseHitJson, seriesHitJson } from "./answers/release-hit-json.ts";
import { artistHitJson, releaseGroupHitJson } from "./answers/search-hit-json.ts";
import { searchPage } from "./answers/search.ts";
import type { Catalogue } from "./data/catalogue.ts";
import { createArtistIndex } from "./search/artist-index.ts";
import { createRecordingIndex } from "./search/recording-index.ts";
import { createReleaseGroupIndex } from "./search/release-group-index.ts";
import { createReleaseSearchIndex } from "./search/release-search-index.ts";
import { lazyIndex } from "./search/search-index.ts";
import { createSeriesIndex } from "./search/series-index.ts";

/** Where the web service lives on its host. */
export const basePath = "/ws/2";

/** Entities that the real service serves at the same paths and the sandbox does not. */
const notServed = "annotation|area|cdstub|collection|discid|event|genre|instrument|iswc|label|place|rating|tag|work";

/**
 * Headers of every reply. The limit is that of the whole service and not a quota of the client, so that it says nothing
 * about how many requests are left to it (https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting).
 */
const replyHeaders = (text: string): Record<string, string> => ({
  "Content-Type": "application/json; charset=utf-8",
  "Access-Control-Allow-Origin": "*",
  ETag: `W/"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"`,
  "X-RateLimit-Limit": "1200",
  "X-RateLimit-Remaining": "1047",
  "X-RateLimit-Reset": String(Math.ceil(Date.now() / 1000) + 1),
});

const reply = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Response => {
  const text = JSON.stringify(body);
  return new Response(text, { status, headers: { ...replyHeaders(text), ...headers } });
};

/** Puts an answer into HTTP. */
export const toResponse = (answer: Answer): Response => {
  switch (answer.kind) {
    case "found":
      return reply(200, answer.body);
    case "moved":
      return reply(301, answer.body, { Location: answer.location });
    case "error":
      return reply(answer.status, errorBody(answer.message));
  }
};

/** Whether a request lists what is linked to an entity. A query goes before that. */
const browses = (url: URL, linked: readonly string[]): boolean =>
  !url.searchParams.get("query") && linked.some((name) => url.searchParams.has(name));

/**
 * The web service without its network, its limits and its faults: artists, release groups, releases, recordings and series
 * with their lookups and searches, release groups by artist, releases by release group or artist, ISRCs, and web addresses
 * (https://musicbrainz.org/doc/MusicBrainz_API). The answer is always JSON, whatever `fmt` and `Accept` say.
 */
export const createWebService = (catalogue: Catalogue): Hono => {
  const artists = createArtistIndex(catalogue.artists);
  const releaseGroups = createReleaseGroupIndex(catalogue.albums);
  const releases = lazyIndex(() => createReleaseSearchIndex(catalogue));
  const recordings = lazyIndex(() => createRecordingIndex(catalogue));
  const series = lazyIndex(() => createSeriesIndex(catalogue.series));
  const app = new Hono().basePath(basePath);

  app.use(async (context, next) => {
    const { method } = context.req;
    if (method === "GET" || method === "HEAD") return next();
    const message = `${method} is not allowed on this endpoint.`;
    const refusal = toResponse({ kind: "error", status: 405, message });
    refusal.headers.set("Allow", "GET, HEAD");
    return refusal;
  });

  app.get("/artist/:id", ({ req }) => toResponse(lookUpArtist(catalogue, req.param("id"), new URL(req.url))));
  app.get("/artist", ({ req }) => {
    const url = new URL(req.url);
    if (browses(url, ["recording", "release", "release-group", "work", "area", "collection"])) {
      return toResponse(notImplemented);
    }
    return toResponse(searchPage(artists, "artists", url, artistHitJson));
  });
  app.get("/release-group/:id", ({ req }) =>
    toResponse(lookUpReleaseGroup(catalogue, req.param("id"), new URL(req.url))),
  );
  app.get("/release-group", ({ req }) => {
    const url = new URL(req.url);
    return toResponse(
      browses(url, ["artist", "release"])
        ? browseReleaseGroups(catalogue, url)
        : searchPage(releaseGroups, "release-groups", url, releaseGroupHitJson),
    );
  });
  app.get("/release/:id", ({ req }) => toResponse(lookUpRelease(catalogue, req.param("id"), new URL(req.url))));
  app.get("/release", ({ req }) => {
    const url = new URL(req.url);
    if (browses(url, ["release-group", "artist"])) return toResponse(browseReleases(catalogue, url));
    if (browses(url, ["label", "recording", "track", "track_artist", "area", "collection"])) {
      return toResponse(notImplemented);
    }
    return toResponse(searchPage(releases, "releases", url, releaseHitJson(catalogue)));
  });
  app.get("/recording/:id", ({ req }) => toResponse(lookUpRecording(catalogue, req.param("id"), new URL(req.url))));
  app.get("/recording", ({ req }) => {
    const url = new URL(req.url);
    if (browses(url, ["artist", "release", "work", "collection"])) return toResponse(notImplemented);
    return toResponse(searchPage(recordings, "recordings", url, recordingHitJson(catalogue)));
  });
  app.get("/isrc/:isrc", ({ req }) => toResponse(lookUpIsrc(catalogue, req.param("isrc"), new URL(req.url))));
  app.get("/series/:id", ({ req }) => toResponse(lookUpSeries(catalogue, req.param("id"), new URL(req.url))));
  app.get("/series", ({ req }) => {
    const url = new URL(req.url);
    if (browses(url, ["collection"])) return toResponse(notImplemented);
    return toResponse(searchPage(series, "series", url, seriesHitJson));
  });
  app.get("/url/:id", ({ req }) => toResponse(lookUpUrl(catalogue, req.param("id"), new URL(req.url))));
  app.get("/url", ({ req }) => toResponse(findUrls(catalogue, new URL(req.url))));
  app.get(`/:entity{${notServed}}/*`, () => toResponse(notImplemented));
  app.get(`/:entity{${notServed}}`, () => toResponse(notImplemented));
  app.notFound(() => toResponse(notFound));
  return app;
};
