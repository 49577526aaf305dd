import { defineImporter, definePack, type Pack } from "../engine/pack.ts";
import { album } from "./album.ts";
import { artist } from "./artist.ts";
import { musicbrainzAlbums } from "./providers/musicbrainz/album.ts";
import { musicbrainzArtists } from "./providers/musicbrainz/artist.ts";
import { createMusicBrainz, type MusicBrainzOptions } from "./providers/musicbrainz/source.ts";

export { album, type AlbumAttributes } from "./album.ts";
export { artist, type ArtistAttributes } from "./artist.ts";
export type { MusicBrainzOptions } from "./providers/musicbrainz/source.ts";
export * as schemes from "./schemes.ts";

/** How the music pack reaches its sources. */
export interface MusicOptions {
  /** Default: musicbrainz.org, which requires a contact as soon as it is asked. */
  readonly musicbrainz?: MusicBrainzOptions | undefined;
}

/**
 * The music pack: artists and albums, from MusicBrainz.
 *
 * @throws AccessionError `configuration-invalid` for an address that is none.
 * @example
 * const catalog = await openCatalog({ packs: [music({ musicbrainz: { contact: "me@example.org" } })] });
 */
export function music(options: MusicOptions = {}): Pack {
  const musicbrainz = createMusicBrainz(options.musicbrainz);
  return definePack({
    name: "music",
    importers: [
      defineImporter({ kind: artist, providers: [musicbrainzArtists(musicbrainz)] }),
      defineImporter({ kind: album, providers: [musicbrainzAlbums(musicbrainz)] }),
    ],
  });
}
