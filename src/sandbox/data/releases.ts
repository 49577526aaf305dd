import { countryByCode } from "./areas.ts";
import { entity, urls } from "./entity-facts.ts";
import type { EntityFacts } from "./entity-facts.ts";
import { labels, madeUpLabel } from "./labels.ts";
import type { LabelName } from "./labels.ts";
import { madeUpCount, madeUpSongs } from "./made-up-songs.ts";
import { fingerprint, mbid } from "./mbid.ts";
import { mediaOf } from "./media.ts";
import type { MediumFacts } from "./media.ts";
import type {
  CreditRecord,
  Format,
  MediumRecord,
  Packaging,
  RecordingRecord,
  ReleaseEvent,
  ReleaseRecord,
  ReleaseStatus,
  ReleaseUrlRelation,
} from "./records.ts";
import type { DetailedSong, SongFacts } from "./song-facts.ts";
import { madeUpBarcode, writingOf } from "./made-up-editions.ts";

/** An edition as a data file writes it. What is left out comes from the album or is made up; countries are ISO codes. */
export interface ReleaseFacts extends EntityFacts<ReleaseUrlRelation> {
  readonly title?: string;
  /** Default Official; null is unknown. */
  readonly status?: ReleaseStatus | null;
  readonly date?: string;
  readonly country?: string;
  /** Where else it came out, and when. */
  readonly alsoIn?: readonly { readonly date?: string; readonly country: string }[];
  /** null is unknown, the empty string is "has none". */
  readonly barcode?: string | null;
  readonly packaging?: Packaging | null;
  readonly asin?: string;
  /** Labels with catalogue numbers; a name of null is a number without a label. Empty: nothing is known. */
  readonly labels?: readonly (readonly [label: LabelName | null, catalogNumber: string | null])[];
  /** What all of its media are. Default: what was usual at its time. */
  readonly format?: Format;
  /** How many of the album's songs it has. Default: all. */
  readonly tracks?: number;
  /** How many songs each disc has, where there are several. */
  readonly discs?: readonly number[];
  /** Songs on each side, where they are not two halves. */
  readonly sides?: readonly number[];
  /** The media, where they are not simply the album's songs. */
  readonly media?: readonly MediumFacts[];
  readonly spoiled?: Readonly<Record<string, unknown>>;
}

/** What a release takes from its album. `songs` null: nobody has written them down, they are made up. */
export interface ReleaseOwner {
  readonly id: string;
  readonly title: string;
  readonly credits: readonly CreditRecord[];
  readonly songs: readonly SongFacts[] | null;
  readonly recordingOf: (song: DetailedSong) => RecordingRecord;
}

const usualFormat = (date: string | undefined): Format => {
  const year = Number((date ?? "1990").slice(0, 4));
  if (year < 1985) return '12" Vinyl';
  return year < 2012 ? "CD" : "Digital Media";
};

const usualPackaging: Readonly<Record<Format, Packaging>> = {
  CD: "Jewel Case",
  '12" Vinyl': "Cardboard/Paper Sleeve",
  Cassette: "Cassette Case",
  "Digital Media": "None",
  "DVD-Video": "Digipak",
  "Blu-ray": "Digipak",
};

const eventsOf = (facts: ReleaseFacts, title: string): readonly ReleaseEvent[] => {
  const event = (date: string | undefined, iso: string | undefined): ReleaseEvent => {
    const area = iso === undefined ? null : (countryByCode(iso) ?? null);
    if (iso !== undefined && area === null) {
      throw new Error(`"${title}" has a release in ${iso}, which is no country of the data set`);
    }
    return { date: date ?? null, area };
  };
  if (facts.date === undefined && facts.country === undefined) return [];
  return [event(facts.date, facts.country), ...(facts.alsoIn ?? []).map(({ date, country }) => event(date, country))];
};

const split = (songs: readonly SongFacts[], discs: readonly number[]): readonly (readonly SongFacts[])[] => {
  let start = 0;
  return discs.map((count) => {
    const disc = songs.slice(start, start + count);
    start += count;
    return disc;
  });
};

const mediumFacts = (facts: ReleaseFacts, owner: ReleaseOwner): readonly MediumFacts[] => {
  if (facts.media !== undefined) return facts.media;
  const format = facts.format ?? usualFormat(facts.date);
  const songs = owner.songs ?? madeUpSongs(owner.id, facts.tracks ?? madeUpCount(owner.id));
  const wanted = songs.slice(0, facts.tracks ?? songs.length);
  return split(wanted, facts.discs ?? [wanted.length]).map((disc) => ({
    format,
    songs: disc,
    ...(facts.sides === undefined ? {} : { sides: facts.sides }),
  }));
};

/**
 * A release from its plain facts. Its media are made when first asked for: a sandbox opens before anybody needs them.
 *
 * @param position the place among the album's releases, from 0; the identifier is made of it
 */
export const releaseOf = (facts: ReleaseFacts, owner: ReleaseOwner, position: number): ReleaseRecord => {
  const base = entity(facts, mbid("release", owner.id, String(position)));
  const title = facts.title ?? owner.title;
  const events = eventsOf(facts, title);
  const format = facts.media?.[0]?.format ?? facts.format ?? usualFormat(facts.date);
  const made = madeUpLabel(base.id);
  let media: readonly MediumRecord[] | undefined;
  return {
    ...base,
    title,
    status: facts.status === undefined ? "Official" : facts.status,
    events,
    date: events[0]?.date ?? null,
    country: events[0]?.area ?? null,
    barcode: facts.barcode === undefined ? madeUpBarcode(base.id, facts.date) : facts.barcode,
    packaging: facts.packaging === undefined ? usualPackaging[format] : facts.packaging,
    ...writingOf(title),
    asin: facts.asin ?? null,
    labels:
      facts.labels === undefined
        ? [made]
        : facts.labels.map(([label, catalogNumber]) => ({
            label: label === null ? null : labels[label],
            catalogNumber,
          })),
    credits: owner.credits,
    get media() {
      media ??= mediaOf(mediumFacts(facts, owner), { ...owner, id: base.id });
      return media;
    },
    urls: urls(facts.urls),
    spoiled: facts.spoiled ?? null,
  };
};

/**
 * The editions of an album that nobody has written down: the original in its artist's country, and up to two later ones.
 * An album without a date has one edition of which no more is known.
 */
export const madeUpReleases = (
  albumId: string,
  date: string | undefined,
  country: string | null | undefined,
): readonly ReleaseFacts[] => {
  if (date === undefined) return [{}];
  const original: ReleaseFacts = { date, ...(country == null ? {} : { country }) };
  const year = Number(date.slice(0, 4));
  const reissue: ReleaseFacts = { date: String(Math.max(year + 2, 1987)), country: "XE", format: "CD" };
  const download: ReleaseFacts = {
    date: `${String(Math.max(year + 1, 2014))}-05-16`,
    country: "XW",
    format: "Digital Media",
    labels: [["Meridian Sound", null]],
  };
  return [original, reissue, download].slice(0, 1 + (fingerprint("releases", albumId) % 3));
};
