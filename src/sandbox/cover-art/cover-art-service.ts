import { Hono } from "hono";
import type { Catalogue } from "../data/catalogue.ts";
import { drawCover, hasCover } from "./cover-image.ts";

/** Where the Cover Art Archive's double lives on the sandbox's host; the real one has a host of its own. */
export const coverArtPath = "/cover-art-archive";

const mbidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const page = (status: 400 | 404, text: string): Response =>
  new Response(`<!doctype html>\n<html lang=en>\n<title>${text}</title>\n<h1>${text}</h1>\n`, {
    status,
    headers: { "Content-Type": "text/html; charset=utf-8" },
  });

const redirect = (status: 302 | 307, location: string): Response =>
  new Response(null, { status, headers: { Location: location } });

/**
 * The front covers of the data set's albums, as the Cover Art Archive has them: 307 to where archive.org would be, 302 to
 * one of its machines, and there the image. Each hop is a path of the sandbox. The covers are drawn by the sandbox itself;
 * it lacks some, and answers 404 for these and for unknown ids.
 *
 * Source of the form: https://musicbrainz.org/doc/Cover_Art_Archive/API
 */
export const createCoverArtService = (catalogue: Catalogue): Hono => {
  const app = new Hono().basePath(coverArtPath);

  app.get("/release-group/:id/:image{front(-250|-500|-1200)?}", ({ req }) => {
    const id = req.param("id");
    if (!mbidForm.test(id)) return page(400, "invalid MBID specified");
    const album = catalogue.findAlbum(id)?.entity;
    if (album === undefined || !hasCover(album.id)) {
      return page(404, `No cover art found for release group ${id.toLowerCase()}`);
    }
    return redirect(307, new URL(`${coverArtPath}/download/mbid-${album.id}/front.jpg`, req.url).href);
  });
  app.get("/download/:release/front.jpg", ({ req }) =>
    redirect(302, new URL(`${coverArtPath}/items/${req.param("release")}/front.jpg`, req.url).href),
  );
  app.get("/items/:release/front.jpg", async ({ req }) => {
    const album = catalogue.findAlbum(req.param("release").replace(/^mbid-/, ""))?.entity;
    if (album === undefined || !hasCover(album.id)) return page(404, "Item not available");
    return new Response(new Uint8Array(await drawCover(album.id)), { headers: { "Content-Type": "image/jpeg" } });
  });
  app.notFound(() => page(404, "Not Found"));
  return app;
};
