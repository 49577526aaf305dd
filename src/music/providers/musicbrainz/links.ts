import type { Link } from "../../../engine/contribution.ts";
import type { SchemesOf } from "../../../engine/kind.ts";
import type { Identifier } from "../../../engine/scheme.ts";
import type { album } from "../../album.ts";
import type { artist } from "../../artist.ts";
import type { release } from "../../release.ts";
import type { RelationResponse } from "./responses/parts.ts";

/** A sort of page whose address names what it is about: the pattern's only group is the identifier. */
interface PagePattern<Scheme extends string> {
  readonly scheme: Scheme;
  readonly address: RegExp;
}

/** Sorts of pages, none of whose addresses fits two of the patterns. */
interface Pages<Scheme extends string> {
  readonly schemes: readonly Scheme[];
  /** Has a group for each of the schemes: a dump has millions of addresses, which are compared with all patterns at once. */
  readonly address: RegExp;
}

function pagesOf<Scheme extends string>(patterns: readonly PagePattern<Scheme>[]): Pages<Scheme> {
  return {
    schemes: patterns.map((one) => one.scheme),
    address: new RegExp(patterns.map((one) => one.address.source).join("|")),
  };
}

/** Pages about artists. */
export const artistPages = pagesOf<SchemesOf<typeof artist>>([
  { scheme: "wikidata", address: /^https?:\/\/www\.wikidata\.org\/(?:wiki|entity)\/(Q\d+)$/ },
  { scheme: "discogs.artist", address: /^https?:\/\/www\.discogs\.com\/(?:[a-z-]+\/)?artist\/(\d+)/ },
  { scheme: "allmusic.artist", address: /^https?:\/\/www\.allmusic\.com\/artist\/(?:[^/]+-)?(mn\d+)/ },
  { scheme: "imdb.name", address: /^https?:\/\/www\.imdb\.com\/name\/(nm\d+)/ },
  { scheme: "viaf", address: /^https?:\/\/viaf\.org\/viaf\/(\d+)/ },
  { scheme: "spotify.artist", address: /^https?:\/\/open\.spotify\.com\/(?:intl-[a-z]+\/)?artist\/([A-Za-z0-9]{22})/ },
  {
    scheme: "apple-music.artist",
    address: /^https?:\/\/(?:geo\.)?(?:music|itunes)\.apple\.com\/(?:[a-z]{2}\/)?artist\/(?:[^/]+\/)?(?:id)?(\d+)/,
  },
  { scheme: "deezer.artist", address: /^https?:\/\/www\.deezer\.com\/(?:[a-z]{2}\/)?artist\/(\d+)/ },
  { scheme: "bandcamp.artist", address: /^https?:\/\/(?!www\.|daily\.)([a-z0-9-]+)\.bandcamp\.com\/?$/ },
  { scheme: "lastfm.artist", address: /^https?:\/\/www\.last\.fm\/music\/([^/?#\s]+)\/?$/ },
  { scheme: "rateyourmusic.artist", address: /^https?:\/\/rateyourmusic\.com\/artist\/([^/?#\s]+)\/?$/ },
]);

/** Pages of what is sold as an album, which MusicBrainz has on release groups and on releases. */
const shopPages = [
  { scheme: "spotify.album", address: /^https?:\/\/open\.spotify\.com\/(?:intl-[a-z]+\/)?album\/([A-Za-z0-9]{22})/ },
  {
    scheme: "apple-music.album",
    address: /^https?:\/\/(?:geo\.)?(?:music|itunes)\.apple\.com\/(?:[a-z]{2}\/)?album\/(?:[^/]+\/)?(?:id)?(\d+)/,
  },
  { scheme: "deezer.album", address: /^https?:\/\/www\.deezer\.com\/(?:[a-z]{2}\/)?album\/(\d+)/ },
] as const;

/** Pages about release groups. */
export const albumPages = pagesOf<SchemesOf<typeof album>>([
  { scheme: "wikidata", address: /^https?:\/\/www\.wikidata\.org\/(?:wiki|entity)\/(Q\d+)$/ },
  { scheme: "discogs.master", address: /^https?:\/\/www\.discogs\.com\/(?:[a-z-]+\/)?master\/(?:view\/)?(\d+)/ },
  { scheme: "allmusic.album", address: /^https?:\/\/www\.allmusic\.com\/album\/(?:[^/]+-)?(mw\d+)/ },
  ...shopPages,
  { scheme: "lastfm.album", address: /^https?:\/\/www\.last\.fm\/music\/([^/?#\s]+\/[^/?#\s]+)\/?$/ },
  {
    scheme: "rateyourmusic.album",
    address: /^https?:\/\/rateyourmusic\.com\/release\/[a-z]+\/([^/?#\s]+\/[^/?#\s]+)\/?$/,
  },
]);

/** Pages about releases. */
export const releasePages = pagesOf<SchemesOf<typeof release>>([
  { scheme: "discogs.release", address: /^https?:\/\/www\.discogs\.com\/(?:[a-z-]+\/)?release\/(\d+)/ },
  ...shopPages,
]);

/**
 * The addresses among an entity's relations, each once a type: the engine knows which are web pages. Those that no longer
 * hold are kept and say so: `{ ended: true }`.
 */
export function linksOf(relations: readonly RelationResponse[]): Link[] {
  const links = new Map<string, Link>();
  for (const { type, url, ended } of relations) {
    if (!url) continue;
    const address = url.resource.trim();
    const key = `${type} ${address}`;
    // One page may have been left and come back to: what holds now counts.
    if (links.has(key) && ended === true) continue;
    links.set(key, { type, url: address, ...(ended === true ? { attributes: { ended: true } } : {}) });
  }
  return [...links.values()];
}

/** The identifiers that the addresses of an entity's pages hold; those of pages that no longer hold are left out. */
export function pageIdentifiers<Scheme extends string>(
  relations: readonly RelationResponse[],
  { schemes, address }: Pages<Scheme>,
): Identifier<Scheme>[] {
  return relations.flatMap(({ url, ended }) => {
    const [, ...values] = (url && ended !== true && address.exec(url.resource.trim())) || [];
    const fitting = values.findIndex((one) => one !== undefined);
    const [scheme, value] = [schemes[fitting], values[fitting]];
    return scheme === undefined || value === undefined ? [] : [{ scheme, value }];
  });
}
