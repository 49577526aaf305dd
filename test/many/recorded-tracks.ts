import { sql } from "kysely";
import type { Catalog } from "../../src/index.ts";
import { sandboxCatalogue } from "../../src/sandbox/data/catalogue.ts";
import type { AlbumRecord, MediumRecord, RecordingRecord, ReleaseRecord } from "../../src/sandbox/data/records.ts";

/** A track, as the data set of the sandbox has it and as the catalogue is to have it. */
export interface TrackRow {
  readonly release: string;
  readonly dated: boolean;
  readonly medium: number;
  /** Over all media, from 1. */
  readonly position: number;
  readonly number: string;
  /** The recording's MusicBrainz id. */
  readonly song: string;
  readonly title: string;
  /** Milliseconds; null where nobody has timed it. */
  readonly length: number | null;
  readonly kind: "pregap" | "data" | null;
}

/** A song's artists, in their order, and its codes, as MusicBrainz ids and ISRCs. */
export interface SongRow {
  readonly song: string;
  readonly artists: readonly string[];
  readonly isrcs: readonly string[];
}

/** An album of the data set. @throws Error for one that it lacks. */
export function recordedAlbum(titleOrId: string): AlbumRecord {
  const found = sandboxCatalogue.albums.find((one) => one.id === titleOrId || one.title.startsWith(titleOrId));
  if (!found) throw new Error(`The sandbox has no album ${titleOrId}.`);
  return found;
}

/** Every track of an album's releases in the data set, by release and position. */
export function recordedTracks({ releases }: AlbumRecord): readonly TrackRow[] {
  return releases
    .flatMap(tracksOfRelease)
    .toSorted((a, b) => (a.release < b.release ? -1 : a.release > b.release ? 1 : 0));
}

function tracksOfRelease({ id, date, media }: ReleaseRecord): readonly TrackRow[] {
  return media.flatMap(tracksOfMedium).map((track, index) => ({
    release: id,
    dated: date !== null,
    position: index + 1,
    medium: track.medium,
    number: track.number,
    song: track.recording.id,
    title: track.title,
    length: track.length === 0 ? null : track.length,
    kind: track.kind,
  }));
}

function tracksOfMedium({ position: medium, pregap, tracks, dataTracks }: MediumRecord) {
  return [
    ...(pregap ? [{ ...pregap, medium, kind: "pregap" as const }] : []),
    ...tracks.map((one) => ({ ...one, medium, kind: null })),
    ...dataTracks.map((one) => ({ ...one, medium, kind: "data" as const })),
  ];
}

/** The songs on an album's releases in the data set, by id. */
export function recordedSongs({ releases }: AlbumRecord): readonly SongRow[] {
  const recordings = releases
    .flatMap((release) => release.media.flatMap(tracksOfMedium))
    .map(({ recording }): [string, RecordingRecord] => [recording.id, recording]);
  return [...new Map(recordings).values()]
    .map(({ id, credits, isrcs }) => ({
      song: id,
      artists: credits.map(({ artist }) => artist.id),
      isrcs: isrcs.toSorted(),
    }))
    .toSorted((a, b) => (a.song < b.song ? -1 : 1));
}

/** Every track of releases of an album that the catalogue has, by release and position. */
export async function storedTracks(catalog: Catalog, { id }: AlbumRecord): Promise<readonly TrackRow[]> {
  const { rows } = await sql<TrackRow>`
    select r.value as release, i.attributes ? 'date' as dated, t.medium, t.position, t.number, s.value as song, t.title,
      t.length, t.kind
    from music.track t
    join accession.item i on i.id = t.release_id
    join accession.identifier r on r.item_id = t.release_id and r.scheme = 'musicbrainz.release'
    join accession.identifier s on s.item_id = t.song_id and s.scheme = 'musicbrainz.recording'
    join accession.relation a on a.from_id = t.release_id and a.type = 'album'
    join accession.identifier g on g.item_id = a.to_id and g.scheme = 'musicbrainz.release-group' and g.value = ${id}
    order by r.value collate "C", t.position`.execute(catalog.kysely);
  return rows;
}

/** Songs that the catalogue has, by id. */
export async function storedSongs(catalog: Catalog, ids: readonly string[]): Promise<readonly SongRow[]> {
  const { rows } = await sql<SongRow>`
    select s.value as song,
      (select coalesce(json_agg(x.value order by a.position), '[]') from accession.relation a
        join accession.identifier x on x.item_id = a.to_id and x.scheme = 'musicbrainz.artist'
        where a.from_id = s.item_id and a.type = 'artist') as artists,
      (select coalesce(json_agg(x.value order by x.value collate "C"), '[]') from accession.identifier x
        where x.item_id = s.item_id and x.scheme = 'isrc') as isrcs
    from accession.identifier s
    where s.scheme = 'musicbrainz.recording' and s.value = any(${[...ids]}::text[])
    order by s.value collate "C"`.execute(catalog.kysely);
  return rows;
}
