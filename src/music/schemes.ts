import { z } from "zod";
import { defineScheme } from "../engine/scheme.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * A MusicBrainz identifier (MBID): a UUID, in lower case.
 * Source of the rule: https://musicbrainz.org/doc/MusicBrainz_Identifier
 */
export const mbid = z.string().toLowerCase().regex(uuid, "is no MusicBrainz id, which is a UUID");

/** MusicBrainz's id of an artist. */
export const musicbrainzArtist = defineScheme({ name: "musicbrainz.artist", uniqueness: "identity", value: mbid });

/** MusicBrainz's id of a release group, which is what people call an album. */
export const musicbrainzReleaseGroup = defineScheme({
  name: "musicbrainz.release-group",
  uniqueness: "identity",
  value: mbid,
});

/** MusicBrainz's id of a release, one edition of an album. */
export const musicbrainzRelease = defineScheme({ name: "musicbrainz.release", uniqueness: "identity", value: mbid });

/** MusicBrainz's id of a recording, which is what people call a song. */
export const musicbrainzRecording = defineScheme({
  name: "musicbrainz.recording",
  uniqueness: "identity",
  value: mbid,
});

/** MusicBrainz's id of a series, of which the ranked ones are lists. */
export const musicbrainzSeries = defineScheme({ name: "musicbrainz.series", uniqueness: "identity", value: mbid });

/**
 * What somebody calls a list of their own: lower-case words with hyphens, such as `best-of-1973`. What could be a
 * MusicBrainz id is none, lest one be taken for the other.
 */
export const listName = defineScheme({
  name: "list",
  uniqueness: "identity",
  value: z
    .string()
    .max(100)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
    .refine((name) => !uuid.test(name)),
});

/**
 * International Standard Recording Code: twelve letters and digits. Evidence, because MusicBrainz has codes on several
 * recordings, and several on one. Source of the rule: https://musicbrainz.org/doc/ISRC
 */
export const isrc = defineScheme({
  name: "isrc",
  uniqueness: "evidence",
  value: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{2}[A-Z0-9]{3}\d{7}$/)),
});

/**
 * International Standard Name Identifier: 16 characters without spaces. Evidence, because MusicBrainz attaches one to
 * each of a person's artist names. Source of the rule: https://musicbrainz.org/doc/ISNI
 */
export const isni = defineScheme({
  name: "isni",
  uniqueness: "evidence",
  value: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^\d{15}[\dX]$/)),
});

/**
 * Interested Parties Information code: 11 digits; older sources leave out the leading zeros. Evidence, because one person
 * has several names. Source of the rule: https://musicbrainz.org/doc/IPI
 */
export const ipi = defineScheme({
  name: "ipi",
  uniqueness: "evidence",
  value: z
    .string()
    .transform((text) => text.replaceAll(/[\s.]/g, "").padStart(11, "0"))
    .pipe(z.string().regex(/^\d{11}$/)),
});

/**
 * What the address of a page in another catalogue says. All are evidence: MusicBrainz may attach one page to several
 * entities, and several pages to one.
 */
function pageScheme<const Name extends string>(name: Name, value: RegExp) {
  return defineScheme({ name, uniqueness: "evidence", value: z.string().regex(value) });
}

/**
 * Amazon Standard Identification Number, of one product: ten letters and digits. Evidence, because an album has many
 * products, and one ASIN may name different goods in different marketplaces.
 */
export const asin = defineScheme({
  name: "asin",
  uniqueness: "evidence",
  value: z
    .string()
    .toUpperCase()
    .regex(/^[A-Z0-9]{10}$/),
});

/**
 * EAN or UPC of an edition, as 13 digits: a UPC, which has 12, is an EAN that begins with 0. Evidence, because box sets and
 * re-issues share them. Source of the rule: https://www.gs1.org/standards/barcodes/ean-upc
 */
export const barcode = defineScheme({
  name: "barcode",
  uniqueness: "evidence",
  value: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, ""))
    .pipe(z.string().regex(/^(?:\d{8}|\d{11,13})$/))
    .transform((text) => (text.length === 8 ? text : text.padStart(13, "0"))),
});

const digits = /^\d+$/;
const base62 = /^[A-Za-z0-9]{22}$/;
const slug = /^[^\s/?#]+$/;
const path = /^[^\s?#]+$/;

/** A Wikidata item: `Q2306`. */
export const wikidata = pageScheme("wikidata", /^Q\d+$/);
/** An artist's page on Discogs, by number. */
export const discogsArtist = pageScheme("discogs.artist", digits);
/** A master release on Discogs, by number. */
export const discogsMaster = pageScheme("discogs.master", digits);
/** One edition's page on Discogs, by number. */
export const discogsRelease = pageScheme("discogs.release", digits);
/** An artist's page on AllMusic: `mn0000346336`. */
export const allmusicArtist = pageScheme("allmusic.artist", /^mn\d+$/);
/** An album's page on AllMusic: `mw0000191308`. */
export const allmusicAlbum = pageScheme("allmusic.album", /^mw\d+$/);
/** A person's page on IMDb: `nm0001168`. */
export const imdbName = pageScheme("imdb.name", /^nm\d+$/);
/** A record of the Virtual International Authority File, by number. */
export const viaf = pageScheme("viaf", digits);
/** An artist on Spotify. */
export const spotifyArtist = pageScheme("spotify.artist", base62);
/** An album on Spotify. */
export const spotifyAlbum = pageScheme("spotify.album", base62);
/** An artist on Apple Music, by number, which is the same in every country. */
export const appleMusicArtist = pageScheme("apple-music.artist", digits);
/** An album on Apple Music, by number. */
export const appleMusicAlbum = pageScheme("apple-music.album", digits);
/** An artist on Deezer, by number. */
export const deezerArtist = pageScheme("deezer.artist", digits);
/** An album on Deezer, by number. */
export const deezerAlbum = pageScheme("deezer.album", digits);
/** An artist's own host below bandcamp.com: `sigurros`. */
export const bandcampArtist = pageScheme("bandcamp.artist", /^[a-z0-9-]+$/);
/** An artist's page on Last.fm, as the address spells it: `Pink+Floyd`. */
export const lastfmArtist = pageScheme("lastfm.artist", slug);
/** An album's page on Last.fm, as the address spells it: `Pink+Floyd/The+Wall`. */
export const lastfmAlbum = pageScheme("lastfm.album", path);
/** An artist's page on Rate Your Music, as the address spells it. */
export const rateyourmusicArtist = pageScheme("rateyourmusic.artist", slug);
/** An album's page on Rate Your Music, as the address spells it: `pink-floyd/the-wall`. */
export const rateyourmusicAlbum = pageScheme("rateyourmusic.album", path);
