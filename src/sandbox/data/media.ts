import { mbid } from "./mbid.ts";
import type { CreditRecord, Format, MediumRecord, RecordingRecord, TrackRecord } from "./records.ts";
import { credits, type CreditedTo } from "./entity-facts.ts";
import { detailed, milliseconds } from "./song-facts.ts";
import type { DetailedSong, SongFacts } from "./song-facts.ts";

/** A disc or its like as a data file writes it. */
export interface MediumFacts {
  /** null is unknown. */
  readonly format: Format | null;
  readonly title?: string;
  readonly songs: readonly SongFacts[];
  /** The song hidden before the first one. */
  readonly pregap?: SongFacts;
  /** Songs that only a computer plays. */
  readonly dataSongs?: readonly SongFacts[];
  /** Songs on each side. Default for records and cassettes: two halves; for everything else there are no sides. */
  readonly sides?: readonly number[];
}

/** What the tracks of a release take from it. */
export interface MediaOwner {
  readonly id: string;
  readonly credits: readonly CreditRecord[];
  readonly recordingOf: (song: DetailedSong) => RecordingRecord;
}

const hasSides = (format: Format | null): boolean => format === "Cassette" || format?.endsWith("Vinyl") === true;

const sidesOf = (medium: MediumFacts): readonly number[] => {
  if (medium.sides !== undefined) return medium.sides;
  const count = medium.songs.length;
  return hasSides(medium.format) ? [Math.ceil(count / 2), Math.floor(count / 2)] : [];
};

/** Printed numbers: "1", "2", or "A1", "B1"; a second record goes on with the letters. */
const numbersOf = (medium: MediumFacts, firstSide: number): readonly string[] => {
  const sides = sidesOf(medium);
  if (sides.length === 0) return medium.songs.map((_, at) => String(at + 1));
  return sides.flatMap((count, side) =>
    Array.from({ length: count }, (_, at) => `${String.fromCharCode(65 + firstSide + side)}${String(at + 1)}`),
  );
};

const creditsOf = (by: CreditedTo | undefined, owner: MediaOwner): readonly CreditRecord[] =>
  by === undefined ? owner.credits : credits(by);

/**
 * The media of a release.
 *
 * @example mediaOf([{ format: "CD", songs: [["Money", "6:23"]] }], owner)
 */
export const mediaOf = (media: readonly MediumFacts[], owner: MediaOwner): readonly MediumRecord[] => {
  let side = 0;
  return media.map((medium, index): MediumRecord => {
    const place = String(index + 1);
    const track = (facts: SongFacts, at: number, number: string, part: string): TrackRecord => {
      const song = detailed(facts);
      const recording = owner.recordingOf(song);
      return {
        id: mbid("track", owner.id, place, part, String(at)),
        position: at,
        number,
        title: song.printedAs ?? song.title,
        length: song.trackLength === undefined ? recording.length : milliseconds(song.trackLength),
        credits: creditsOf(song.by, owner),
        recording,
      };
    };
    const numbers = numbersOf(medium, side);
    side += sidesOf(medium).length;
    const after = medium.songs.length + 1;
    return {
      id: mbid("medium", owner.id, place),
      position: index + 1,
      title: medium.title ?? "",
      format: medium.format,
      pregap: medium.pregap === undefined ? null : track(medium.pregap, 0, "0", "pregap"),
      tracks: medium.songs.map((song, at) => track(song, at + 1, numbers[at] ?? String(at + 1), "track")),
      dataTracks: (medium.dataSongs ?? []).map((song, at) => track(song, after + at, String(after + at), "data")),
    };
  });
};
