import { z } from "zod";
import { defineKind } from "../engine/kind.ts";
import { normaliseWithoutArticle } from "../engine/normalise.ts";
import { partialDate } from "../engine/partial-date.ts";
import { alias, aliasNames } from "./alias.ts";
import { artist } from "./artist.ts";
import { text } from "./attribute-fields.ts";
import {
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

/** What an album may be, first of all. Source of the list: https://musicbrainz.org/doc/Release_Group/Type */
export const albumTypes = ["album", "single", "ep", "broadcast", "other"] as const;

const attributes = z.object({
  title: text,
  /** What tells it from its namesakes, for people: "The Black Album". */
  disambiguation: text.optional(),
  /** Whom it is credited to, as it is printed: "David Bowie & Queen". The relations say who they are. */
  artistCredit: text.optional(),
  primaryType: z.enum(albumTypes).optional(),
  /** What it is besides, in lower case: `compilation`, `live`, `soundtrack`. */
  secondaryTypes: z.array(text).optional(),
  /** When any edition of it first came out. */
  firstReleaseDate: partialDate.optional(),
  aliases: z.array(alias).optional(),
  /** A few sentences for people, plain text. */
  description: text.optional(),
});

/** What is known of an album. */
export type AlbumAttributes = z.output<typeof attributes>;

const query = eitherQuery([
  z.strictObject({ musicbrainzId: musicbrainzIdField("release-group") }),
  z.strictObject({
    title: nameField,
    artist: creditedField.optional(),
    /** Year of the first edition. */
    year: yearField.optional(),
    type: wordField(albumTypes).optional(),
  }),
]);

/**
 * Albums, singles and EPs, each with all its editions taken together: what MusicBrainz calls a release group
 * (https://musicbrainz.org/doc/Release_Group).
 *
 * @example await catalog.import(album, { title: "The Dark Side of the Moon", artist: "Pink Floyd" });
 * @example await catalog.import(album, { title: "Weezer", artist: { item: weezer.id }, year: 1994 });
 */
export const album = defineKind({
  name: "music.album",
  attributes,
  title: "title",
  identifiers: [
    schemes.musicbrainzReleaseGroup,
    schemes.wikidata,
    schemes.discogsMaster,
    schemes.allmusicAlbum,
    schemes.spotifyAlbum,
    schemes.appleMusicAlbum,
    schemes.deezerAlbum,
    schemes.lastfmAlbum,
    schemes.rateyourmusicAlbum,
    schemes.asin,
    schemes.barcode,
  ],
  categories: ["genre", "tag"],
  /** `artist`: whom it is credited to, in the order of the credit. */
  relations: { artist },
  query,
  want: (asked) =>
    "musicbrainzId" in asked
      ? { identifiers: [{ scheme: schemes.musicbrainzReleaseGroup.name, value: asked.musicbrainzId }] }
      : {
          name: asked.title,
          expected: { firstReleaseDate: partialDateOf(asked.year), primaryType: asked.type },
          related: creditedTo(asked.artist),
        },
  compare: { firstReleaseDate: "year", primaryType: "same" },
  aliases: ({ aliases }) => aliasNames(aliases),
  // People leave the article out of a title: "Dark Side of the Moon".
  normalise: normaliseWithoutArticle,
  prefers: ({ primaryType, secondaryTypes = [] }) => primaryType === "album" && secondaryTypes.length === 0,
});
