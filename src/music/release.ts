import { z } from "zod";
import { defineKind } from "../engine/kind.ts";
import { normaliseWithoutArticle } from "../engine/normalise.ts";
import { partialDate } from "../engine/partial-date.ts";
import { album } from "./album.ts";
import { artist } from "./artist.ts";
import { amount, countryCode, text } from "./attribute-fields.ts";
import {
  countryField,
  creditedField,
  creditedTo,
  eitherQuery,
  musicbrainzIdField,
  nameField,
  partialDateOf,
  wordField,
  yearField,
} from "./query-fields.ts";
import * as schemes from "./schemes.ts";
import { song } from "./song.ts";
import { track, trackLine } from "./track.ts";

/** How a release came about. Source of the list: https://musicbrainz.org/doc/Release#Status */
export const releaseStatuses = [
  "official",
  "promotion",
  "bootleg",
  "pseudo-release",
  "withdrawn",
  "expunged",
  "cancelled",
] as const;

const label = z.object({
  /** Absent where only the number is known. */
  name: text.optional(),
  catalogueNumber: text.optional(),
  /** Its MusicBrainz id. */
  musicbrainzId: schemes.mbid.optional(),
});

const medium = z.object({
  /** Its place in the release, from 1. */
  position: z.int().min(1),
  /** As MusicBrainz spells it: `CD`, `12" Vinyl`. Absent where nobody says. */
  format: text.optional(),
  title: text.optional(),
  /** Tracks, without one hidden before the first and without data tracks. Absent where nobody says. */
  trackCount: amount.optional(),
});

const attributes = z.object({
  title: text,
  /** What tells it from other editions, for people: "2011 remaster". */
  disambiguation: text.optional(),
  /** Whom it is credited to, as it is printed. The relations say who they are. */
  artistCredit: text.optional(),
  /** When it first came out anywhere. */
  date: partialDate.optional(),
  /** Where it first came out. */
  country: countryCode.optional(),
  /** Where and when it came out, where that is known. */
  events: z.array(z.object({ date: partialDate.optional(), country: countryCode.optional() })).optional(),
  status: z.enum(releaseStatuses).optional(),
  /** Lower case: `jewel case`, `digipak`. */
  packaging: text.optional(),
  /** As it is printed; the identifier `barcode` has it in one spelling. */
  barcode: text.optional(),
  /** False where it is known to have no barcode; absent where it has one, or nobody says. */
  hasBarcode: z.boolean().optional(),
  labels: z.array(label).optional(),
  media: z.array(medium).optional(),
  /** Of all media together; counted as there. */
  trackCount: amount.optional(),
  /** Of the titles, ISO 639-3: `eng`; `mul` for several. */
  language: text.optional(),
  /** Of the titles, ISO 15924: `Latn`. */
  script: text.optional(),
});

/** What is known of a release. */
export type ReleaseAttributes = z.output<typeof attributes>;

const query = eitherQuery([
  z.strictObject({ musicbrainzId: musicbrainzIdField("release") }),
  z.strictObject({ barcode: nameField }),
  z.strictObject({
    title: nameField,
    artist: creditedField.optional(),
    /** Year in which it came out. */
    year: yearField.optional(),
    country: countryField.optional(),
    status: wordField(releaseStatuses).optional(),
    barcode: nameField.optional(),
  }),
]);

/**
 * Releases: single editions of an album, with their tracks (https://musicbrainz.org/doc/Release).
 *
 * @example await catalog.import(release, { barcode: "724382975229" });
 * @example await catalog.import(release, { title: "Nevermind", artist: "Nirvana", country: "US", year: 1991 });
 */
export const release = defineKind({
  name: "music.release",
  attributes,
  title: "title",
  identifiers: [
    schemes.musicbrainzRelease,
    schemes.barcode,
    schemes.asin,
    schemes.discogsRelease,
    schemes.spotifyAlbum,
    schemes.appleMusicAlbum,
    schemes.deezerAlbum,
  ],
  categories: ["genre", "tag"],
  /**
   * `album`: what it is an edition of. `artist`: whom it is credited to, in the order of the credit. `track`: what is heard,
   * each as `TrackAttributes` says.
   */
  relations: { album, artist, track: song },
  relationViews: { track: { name: "track", attributes: track } },
  relationLines: { track: trackLine },
  query,
  want(asked) {
    if ("musicbrainzId" in asked)
      return { identifiers: [{ scheme: schemes.musicbrainzRelease.name, value: asked.musicbrainzId }] };
    const identifiers = asked.barcode === undefined ? [] : [{ scheme: schemes.barcode.name, value: asked.barcode }];
    if (!("title" in asked)) return { identifiers };
    return {
      identifiers,
      name: asked.title,
      expected: { date: partialDateOf(asked.year), country: asked.country, status: asked.status },
      related: creditedTo(asked.artist),
    };
  },
  compare: { date: "year", country: "same", status: "same" },
  normalise: normaliseWithoutArticle,
  prefers: ({ status, disambiguation }) => status === "official" && disambiguation === undefined,
});
