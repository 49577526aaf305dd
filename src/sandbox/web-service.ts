import { createHash } from "node:crypto";
import { Hono } from "hono";
import { errorBody, notFound, notImplemented } from "./answers/answer.ts";
import type { Answer, Json } from "./answers/answer.ts";
import { browseReleaseGroups } from "./answers/browse.ts";
import { findUrls, lookUpArtist, lookUpReleaseGroup, lookUpUrl } from "./answers/lookup.ts";
import { artistHitJson, releaseGroupHitJson } from "./answers/search-hit-json.ts";
import { searchPage } from "./answers/search.ts";
import type { Catalogue } from "./data/catalogue.ts";
import { createArtistIndex } from "./search/artist-index.ts";
import { createReleaseGroupIndex } from "./search/release-group-index.ts";

/** Where the web service lives on its host. */
export const basePath = "/ws/2";

/** Entities that the real service serves at the same paths and the sandbox does not. */
const notServed =
  "annotation|area|cdstub|collection|discid|event|genre|instrument|isrc|iswc|label|place|rating|recording|release|series|tag|work";

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

/**
 * The web service without its network, its limits and its faults: artist and release group lookups and searches, release
 * groups by artist, and web addresses (https://musicbrainz.org/doc/MusicBrainz_API). The answer is always JSON, whatever
 * `fmt` and `Accept` say.
 */
export const createWebService = (catalogue: Catalogue): Hono => {
  const artists = createArtistIndex(catalogue.artists);
  const releaseGroups = createReleaseGroupIndex(catalogue.albums);
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
    const linked = ["recording", "release", "release-group", "work", "area", "collection"];
    if (!url.searchParams.get("query") && linked.some((name) => url.searchParams.has(name))) {
      return toResponse(notImplemented);
    }
    return toResponse(searchPage(artists, "artists", url, artistHitJson));
  });
  app.get("/release-group/:id", ({ req }) =>
    toResponse(lookUpReleaseGroup(catalogue, req.param("id"), new URL(req.url))),
  );
  app.get("/release-group", ({ req }) => {
    const url = new URL(req.url);
    const browses = url.searchParams.has("artist") || url.searchParams.has("release");
    return toResponse(
      browses && !url.searchParams.get("query")
        ? browseReleaseGroups(catalogue, url)
        : searchPage(releaseGroups, "release-groups", url, releaseGroupHitJson),
    );
  });
  app.get("/url/:id", ({ req }) => toResponse(lookUpUrl(catalogue, req.param("id"), new URL(req.url))));
  app.get("/url", ({ req }) => toResponse(findUrls(catalogue, new URL(req.url))));
  app.get(`/:entity{${notServed}}/*`, () => toResponse(notImplemented));
  app.get(`/:entity{${notServed}}`, () => toResponse(notImplemented));
  app.notFound(() => toResponse(notFound));
  return app;
};
