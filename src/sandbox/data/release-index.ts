import type { Found } from "./found.ts";
import { byIdentifier } from "./found.ts";
import type {
  AlbumRecord,
  ArtistRecord,
  MediumRecord,
  RecordingRecord,
  ReleaseRecord,
  TrackRecord,
} from "./records.ts";

/** Where a recording is: on a track of a medium of a release of an album. */
export interface RecordingUse {
  readonly album: AlbumRecord;
  readonly release: ReleaseRecord;
  readonly medium: MediumRecord;
  readonly track: TrackRecord;
}

/** What the data set knows of releases and recordings. Recordings are only gathered when first asked for. */
export interface ReleaseIndex {
  /** All that are well formed. */
  readonly releases: () => readonly ReleaseRecord[];
  /** By current or merged identifier, in either case. */
  readonly findRelease: (id: string) => Found<ReleaseRecord> | undefined;
  /** The album that a release is an edition of. */
  readonly albumOf: (release: ReleaseRecord) => AlbumRecord;
  readonly recordings: () => readonly RecordingRecord[];
  /** By current or merged identifier, in either case. */
  readonly findRecording: (id: string) => Found<RecordingRecord> | undefined;
  /** By ISRC; empty when no recording has it. */
  readonly recordingsWith: (isrc: string) => readonly RecordingRecord[];
  /** Every track of every release that has the recording, earliest release first. */
  readonly usesOf: (recording: RecordingRecord) => readonly RecordingUse[];
  /** Every recording that credits the artist, alone or with others. */
  readonly recordingsOf: (artist: ArtistRecord) => readonly RecordingRecord[];
  /** The earliest date of the recording's releases; null when none has a date. */
  readonly firstReleaseDate: (recording: RecordingRecord) => string | null;
}

/** Every track of a medium, the hidden one and the data tracks too. */
export const tracksOf = (medium: MediumRecord): readonly TrackRecord[] => [
  ...(medium.pregap === null ? [] : [medium.pregap]),
  ...medium.tracks,
  ...medium.dataTracks,
];

const lastDate = "9999";
const byDate = (a: RecordingUse, b: RecordingUse): number => {
  const [first, second] = [a.release.date ?? lastDate, b.release.date ?? lastDate];
  if (first !== second) return first < second ? -1 : 1;
  return a.release.id < b.release.id ? -1 : 1;
};

const gather = (albums: readonly AlbumRecord[]) => {
  const uses = albums.flatMap((album) =>
    album.releases
      .filter((release) => release.spoiled === null)
      .flatMap((release) =>
        release.media.flatMap((medium) =>
          tracksOf(medium).map((track): RecordingUse => ({ album, release, medium, track })),
        ),
      ),
  );
  const byRecording = Map.groupBy(uses, ({ track }) => track.recording.id);
  for (const group of byRecording.values()) group.sort(byDate);
  const recordings = [...byRecording.values()].flatMap(([use]) => (use === undefined ? [] : [use.track.recording]));
  const byIsrc = Map.groupBy(
    recordings.flatMap((recording) => recording.isrcs.map((isrc) => ({ isrc, recording }))),
    ({ isrc }) => isrc,
  );
  return { byRecording, recordings, byId: byIdentifier(recordings), byIsrc };
};

/** Indexes the releases and recordings of albums. */
export const createReleaseIndex = (albums: readonly AlbumRecord[]): ReleaseIndex => {
  const owners = new Map(albums.flatMap((album) => album.releases.map((release) => [release, album] as const)));
  const releases = [...owners.keys()].filter((release) => release.spoiled === null);
  const byId = byIdentifier(releases);
  let gathered: ReturnType<typeof gather> | undefined;
  const all = (): ReturnType<typeof gather> => {
    gathered ??= gather(albums);
    return gathered;
  };
  const usesOf = (recording: RecordingRecord): readonly RecordingUse[] => all().byRecording.get(recording.id) ?? [];
  return {
    releases: () => releases,
    findRelease: (id) => byId.get(id.toLowerCase()),
    albumOf: (release) => {
      const album = owners.get(release);
      if (album === undefined) throw new Error(`The release ${release.id} belongs to no album of the data set`);
      return album;
    },
    recordings: () => all().recordings,
    findRecording: (id) => all().byId.get(id.toLowerCase()),
    recordingsWith: (isrc) => (all().byIsrc.get(isrc.toUpperCase()) ?? []).map(({ recording }) => recording),
    usesOf,
    recordingsOf: (artist) =>
      all().recordings.filter((recording) => recording.credits.some((credit) => credit.artist === artist)),
    firstReleaseDate: (recording) => usesOf(recording)[0]?.release.date ?? null,
  };
};
