import { z } from "zod";
import { defineKind } from "../engine/kind.ts";
import { normaliseWithoutArticle } from "../engine/normalise.ts";
import { partialDate } from "../engine/partial-date.ts";
import { alias, aliasNames } from "./alias.ts";
import { countryCode, text } from "./attribute-fields.ts";
import {
  countryField,
  eitherQuery,
  musicbrainzIdField,
  nameField,
  partialDateOf,
  wordField,
  yearField,
} from "./query-fields.ts";
import * as schemes from "./schemes.ts";

/** What an artist may be. Source of the list: https://musicbrainz.org/doc/Artist#Type */
export const artistTypes = ["person", "group", "orchestra", "choir", "character", "other"] as const;

const attributes = z.object({
  name: text,
  /** As it is sorted: "Floyd, Pink". */
  sortName: text.optional(),
  /** What tells it from its namesakes, for people: "1960s band from the UK". */
  disambiguation: text.optional(),
  type: z.enum(artistTypes).optional(),
  /** Lower case; of a person or character. */
  gender: text.optional(),
  country: countryCode.optional(),
  /** The place that it is most at home in. */
  area: text.optional(),
  /** Where it was born or founded. */
  beginArea: text.optional(),
  /** Where it died or dissolved. */
  endArea: text.optional(),
  /** Birth or foundation. */
  begin: partialDate.optional(),
  /** Death or dissolution. */
  end: partialDate.optional(),
  /** Whether it has died or dissolved; absent where nobody says. */
  ended: z.boolean().optional(),
  aliases: z.array(alias).optional(),
  /** A few sentences for people, plain text. */
  description: text.optional(),
});

/** What is known of an artist. */
export type ArtistAttributes = z.output<typeof attributes>;

const query = eitherQuery([
  z.strictObject({ musicbrainzId: musicbrainzIdField("artist") }),
  z.strictObject({
    name: nameField,
    country: countryField.optional(),
    type: wordField(artistTypes).optional(),
    /** Year of birth or foundation. */
    born: yearField.optional(),
    disambiguation: nameField.optional(),
  }),
]);

/**
 * Artists: persons, groups, orchestras and whoever else is credited for music.
 *
 * @example await catalog.import(artist, { name: "Nirvana", country: "GB" });
 * @example await catalog.import(artist, { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" });
 */
export const artist = defineKind({
  name: "music.artist",
  attributes,
  title: "name",
  identifiers: [
    schemes.musicbrainzArtist,
    schemes.isni,
    schemes.ipi,
    schemes.wikidata,
    schemes.discogsArtist,
    schemes.allmusicArtist,
    schemes.imdbName,
    schemes.viaf,
    schemes.spotifyArtist,
    schemes.appleMusicArtist,
    schemes.deezerArtist,
    schemes.bandcampArtist,
    schemes.lastfmArtist,
    schemes.rateyourmusicArtist,
  ],
  categories: ["genre", "tag", "location"],
  query,
  want: (asked) =>
    "musicbrainzId" in asked
      ? { identifiers: [{ scheme: schemes.musicbrainzArtist.name, value: asked.musicbrainzId }] }
      : {
          name: asked.name,
          expected: {
            country: asked.country,
            type: asked.type,
            begin: partialDateOf(asked.born),
            disambiguation: asked.disambiguation,
          },
        },
  compare: { type: "same", country: "same", begin: "year", disambiguation: "words" },
  // The sort name too: it is often the only Latin spelling of a name in another script.
  aliases: ({ sortName, aliases }) => [...(sortName === undefined ? [] : [sortName]), ...aliasNames(aliases)],
  normalise: normaliseWithoutArticle,
});
