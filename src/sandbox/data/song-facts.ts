import type { CreditedTo, EntityFacts } from "./entity-facts.ts";
import { credits, entity } from "./entity-facts.ts";
import { fingerprint, mbid } from "./mbid.ts";
import type { CreditRecord, RecordingRecord } from "./records.ts";

/** A length as a data file writes it: minutes and seconds, or milliseconds, or null where nobody has timed it. */
type LengthFacts = string | number | null;

/** A song with more to say than its title and length. */
export interface DetailedSong extends EntityFacts<never> {
  readonly title: string;
  /** Default: unknown. */
  readonly length?: LengthFacts;
  /** Length on the medium where it differs from the recording's. */
  readonly trackLength?: LengthFacts;
  /** Title on the medium where it differs from the recording's. */
  readonly printedAs?: string;
  /** Default: who the album is by. */
  readonly by?: CreditedTo;
  readonly isrcs?: readonly string[];
  readonly video?: boolean;
}

/**
 * A song as a data file writes it. Songs of one album with the same title and disambiguation are the same recording; songs
 * of different albums are when they have the same `id`.
 *
 * @example ["Money", "6:23"]
 * @example { id: "7fef22bd-76aa-4803-b56b-93a5d6e70662", title: "Money", length: 382746, isrcs: ["GBN9Y1100088"] }
 */
export type SongFacts = readonly [title: string, length: LengthFacts] | DetailedSong;

/** What a song takes from the album that it is on. */
export interface SongAlbum {
  readonly id: string;
  readonly credits: readonly CreditRecord[];
  readonly popularity: number;
}

/** The long form of a song. */
export const detailed = (song: SongFacts): DetailedSong =>
  "title" in song ? song : { title: song[0], length: song[1] };

/** A length in milliseconds; null when unknown. */
export const milliseconds = (length: LengthFacts | undefined): number | null => {
  if (typeof length !== "string") return length ?? null;
  const [minutes = "0", seconds = "0"] = length.split(":");
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
};

const popularityStep = 0.001;

/**
 * ISRCs of a song without its own: mostly one; a few songs have none or two, as in reality. They are well formed
 * (https://isrc.ifpi.org/en/isrc-standard/structure) and made up.
 */
const madeUpIsrcs = (id: string, credited: readonly CreditRecord[]): readonly string[] => {
  const number = fingerprint("isrc", id);
  const iso = credited[0]?.artist.area?.iso ?? "QM";
  const code = (designation: number): string =>
    `${iso}SBX${String(number % 100).padStart(2, "0")}${String(designation % 100_000).padStart(5, "0")}`;
  if (number % 9 === 0) return [];
  return number % 10 === 0 ? [code(number), code(number + 1)] : [code(number)];
};

/** Makes the recordings of one album, each once: the same song gives the same record. */
export const recordingMaker = (album: SongAlbum): ((song: DetailedSong) => RecordingRecord) => {
  const made = new Map<string, RecordingRecord>();
  return (song) => {
    const id = song.id ?? mbid("recording", album.id, song.title, song.disambiguation ?? "");
    const known = made.get(id);
    if (known !== undefined) return known;
    const by = song.by === undefined ? album.credits : credits(song.by);
    const recording: RecordingRecord = {
      ...entity(song, id),
      // Slightly below the album and in its order, so that equal titles have a steady order.
      popularity: song.popularity ?? Math.max(0, album.popularity - popularityStep * (made.size + 1)),
      title: song.title,
      length: milliseconds(song.length),
      video: song.video ?? false,
      credits: by,
      isrcs: song.isrcs ?? madeUpIsrcs(id, by),
    };
    made.set(id, recording);
    return recording;
  };
};
