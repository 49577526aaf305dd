import type { QueryOf } from "../../index.ts";
import { album, artist, release, song } from "../../music/index.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { AlbumFlags, ArtistFlags, ReleaseFlags, SongFlags } from "../import-flags.ts";
import type { Invocation } from "../invocation.ts";
import { readMusicbrainzId } from "../musicbrainz-page.ts";
import { importItem, readArtist, requireOneName, yearOf } from "./import-one.ts";

/** `accession import artist`. */
export async function importArtist(
  invocation: Invocation,
  name: string | undefined,
  flags: ArtistFlags,
): Promise<ExitCode> {
  const { mbid, country, type, born, disambiguation } = flags;
  const filters = { country, type, born, disambiguation };
  const words = ["import", "artist"];
  requireOneName({ words, operand: "NAME", name, codes: { mbid }, filters });
  const musicbrainzId = readMusicbrainzId(mbid, "artist");
  const query = musicbrainzId === undefined ? { name, ...filters, born: yearOf(born) } : { musicbrainzId };
  return importItem(invocation, flags, {
    words,
    name,
    given: { mbid, ...filters },
    // The kind's own schema reads the query, and refuses what the flags say wrong.
    run: (catalog, options) => catalog.import(artist, query as QueryOf<typeof artist>, options),
  });
}

/** `accession import album`. */
export async function importAlbum(
  invocation: Invocation,
  title: string | undefined,
  flags: AlbumFlags,
): Promise<ExitCode> {
  const { mbid, artist: credited, year, type } = flags;
  const filters = { artist: credited, year, type };
  const words = ["import", "album"];
  requireOneName({ words, operand: "TITLE", name: title, codes: { mbid }, filters });
  const musicbrainzId = readMusicbrainzId(mbid, "release-group");
  return importItem(invocation, flags, {
    words,
    name: title,
    given: { mbid, ...filters },
    async run(catalog, options) {
      const query =
        musicbrainzId === undefined
          ? { title, artist: await readArtist(catalog, credited), year: yearOf(year), type }
          : { musicbrainzId };
      return catalog.import(album, query as QueryOf<typeof album>, options);
    },
  });
}

/** `accession import song`. */
export async function importSong(
  invocation: Invocation,
  title: string | undefined,
  flags: SongFlags,
): Promise<ExitCode> {
  const { mbid, isrc, artist: credited, year } = flags;
  const filters = { artist: credited, year };
  const words = ["import", "song"];
  requireOneName({ words, operand: "TITLE", name: title, codes: { mbid, isrc }, filters });
  const musicbrainzId = readMusicbrainzId(mbid, "recording");
  return importItem(invocation, flags, {
    words,
    name: title,
    given: { mbid, isrc, ...filters },
    async run(catalog, options) {
      const query =
        title === undefined
          ? musicbrainzId !== undefined
            ? { musicbrainzId }
            : { isrc }
          : { title, artist: await readArtist(catalog, credited), year: yearOf(year) };
      return catalog.import(song, query as QueryOf<typeof song>, options);
    },
  });
}

/** `accession import release`. */
export async function importRelease(
  invocation: Invocation,
  title: string | undefined,
  flags: ReleaseFlags,
): Promise<ExitCode> {
  const { mbid, barcode, artist: credited, year, country, status } = flags;
  const filters = { artist: credited, year, country, status };
  const words = ["import", "release"];
  requireOneName({ words, operand: "TITLE", name: title, codes: { mbid, barcode }, filters });
  const musicbrainzId = readMusicbrainzId(mbid, "release");
  return importItem(invocation, flags, {
    words,
    name: title,
    given: { mbid, barcode, ...filters },
    async run(catalog, options) {
      const query =
        title === undefined
          ? musicbrainzId !== undefined
            ? { musicbrainzId }
            : { barcode }
          : { title, artist: await readArtist(catalog, credited), year: yearOf(year), country, status };
      return catalog.import(release, query as QueryOf<typeof release>, options);
    },
  });
}
