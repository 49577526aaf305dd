import { z } from "zod";
import { defineKind } from "../engine/kind.ts";
import { normaliseWithoutArticle } from "../engine/normalise.ts";
import { partialDate } from "../engine/partial-date.ts";
import { alias, aliasNames } from "./alias.ts";
import { artist } from "./artist.ts";
import { milliseconds, text } from "./attribute-fields.ts";
import {
  creditedField,
  creditedTo,
  eitherQuery,
  musicbrainzIdField,
  nameField,
  partialDateOf,
  yearField,
} from "./query-fields.ts";
import * as schemes from "./schemes.ts";

const attributes = z.object({
  title: text,
  /** What tells it from other recordings of the same name, for people: "live, 1974-11-16: Wembley". */
  disambiguation: text.optional(),
  /** Whom it is credited to, as it is printed. The relations say who they are. */
  artistCredit: text.optional(),
  /** In milliseconds. */
  length: milliseconds.optional(),
  /** When any edition with it first came out. */
  firstReleaseDate: partialDate.optional(),
  /** Whether it is moving pictures; absent where nobody says. */
  video: z.boolean().optional(),
  aliases: z.array(alias).optional(),
});

/** What is known of a song. */
export type SongAttributes = z.output<typeof attributes>;

const query = eitherQuery([
  z.strictObject({ musicbrainzId: musicbrainzIdField("recording") }),
  z.strictObject({ isrc: nameField }),
  z.strictObject({
    title: nameField,
    artist: creditedField.optional(),
    /** Year in which it first came out. */
    year: yearField.optional(),
    isrc: nameField.optional(),
  }),
]);

/**
 * Songs, and whatever else is recorded once and heard on any number of releases: what MusicBrainz calls a recording
 * (https://musicbrainz.org/doc/Recording). A song played on two evenings is two of them.
 *
 * @example await catalog.import(song, { title: "Money", artist: "Pink Floyd" });
 * @example await catalog.import(song, { isrc: "GB-N9Y-11-00088" });
 */
export const song = defineKind({
  name: "music.song",
  attributes,
  title: "title",
  identifiers: [schemes.musicbrainzRecording, schemes.isrc],
  categories: ["genre", "tag"],
  /** `artist`: whom it is credited to, in the order of the credit. */
  relations: { artist },
  query,
  want(asked) {
    if ("musicbrainzId" in asked)
      return { identifiers: [{ scheme: schemes.musicbrainzRecording.name, value: asked.musicbrainzId }] };
    const identifiers = asked.isrc === undefined ? [] : [{ scheme: schemes.isrc.name, value: asked.isrc }];
    if (!("title" in asked)) return { identifiers };
    return {
      identifiers,
      name: asked.title,
      expected: { firstReleaseDate: partialDateOf(asked.year) },
      related: creditedTo(asked.artist),
    };
  },
  compare: { firstReleaseDate: "year" },
  aliases: ({ aliases }) => aliasNames(aliases),
  normalise: normaliseWithoutArticle,
  // What is told apart by words is the special one: a live recording, a demo, a mix.
  prefers: ({ disambiguation, video }) => disambiguation === undefined && video !== true,
});
