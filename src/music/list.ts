import { z } from "zod";
import { defineKind } from "../engine/kind.ts";
import { normaliseWithoutArticle } from "../engine/normalise.ts";
import type { LinedRelation, RelationLine } from "../engine/relation-line.ts";
import { album } from "./album.ts";
import { alias, aliasNames } from "./alias.ts";
import { artist } from "./artist.ts";
import { text } from "./attribute-fields.ts";
import { eitherQuery, musicbrainzIdField, nameField } from "./query-fields.ts";
import { release } from "./release.ts";
import * as schemes from "./schemes.ts";
import { song } from "./song.ts";

const attributes = z.object({
  title: text,
  /** What tells it from its namesakes, for people: "2020 edition". */
  disambiguation: text.optional(),
  /** What it lists, in lower case: `release group series`, `artist award`. */
  type: text.optional(),
  aliases: z.array(alias).optional(),
  /** A few sentences for people, plain text. */
  description: text.optional(),
});

/** What is known of a list. */
export type ListAttributes = z.output<typeof attributes>;

/** What a relation of a list says of an entry beside its position, which is its place in the list. */
export type EntryAttributes = {
  /** Its number as the list prints it; not every list numbers its entries, and several may share a number. */
  readonly number?: string | undefined;
};

const entry = z.object({ number: text.optional() }) satisfies z.ZodType<EntryAttributes>;

/** What is known of entries of any kind. */
interface Entered {
  readonly artistCredit?: string | undefined;
  readonly firstReleaseDate?: string | undefined;
  readonly date?: string | undefined;
  readonly disambiguation?: string | undefined;
}

/** An entry as people read it: with its number, where the list prints one, whose it is, and what tells it from its namesakes. */
function entryLine({ attributes: said, to }: LinedRelation<unknown, Entered>): RelationLine {
  const { artistCredit, firstReleaseDate, date = firstReleaseDate, disambiguation } = to;
  return {
    number: entry.safeParse(said).data?.number,
    remarks: [artistCredit, date?.slice(0, 4), disambiguation].filter((one) => one !== undefined),
  };
}

const query = eitherQuery([
  z.strictObject({ musicbrainzId: musicbrainzIdField("series") }),
  z.strictObject({ title: nameField, disambiguation: nameField.optional() }),
]);

/** The sorts of list whose entries we can hold; MusicBrainz has series of events, places and works too. */
const holdable = /^(?:release group|release|recording|artist)\b/;

/**
 * Lists of music in an order, such as the 500 greatest albums: series of MusicBrainz (https://musicbrainz.org/doc/Series),
 * and lists that people bring along.
 *
 * @example await catalog.import(list, { musicbrainzId: "https://musicbrainz.org/series/1df4b695-967a-4294-8bb2-856a22f0c726" });
 */
export const list = defineKind({
  name: "music.list",
  attributes,
  title: "title",
  identifiers: [schemes.musicbrainzSeries, schemes.listName],
  /** What is listed, each kind by its own type; a position is a place in the whole list. See {@link EntryAttributes}. */
  relations: { album, song, artist, release },
  relationLines: { album: entryLine, song: entryLine, artist: entryLine, release: entryLine },
  query,
  want: (asked) =>
    "musicbrainzId" in asked
      ? { identifiers: [{ scheme: schemes.musicbrainzSeries.name, value: asked.musicbrainzId }] }
      : { name: asked.title, expected: { disambiguation: asked.disambiguation } },
  compare: { disambiguation: "words" },
  aliases: ({ aliases }) => aliasNames(aliases),
  normalise: normaliseWithoutArticle,
  prefers: ({ type }) => type !== undefined && holdable.test(type),
});
