import { defineImporter, definePack, type Pack } from "../engine/pack.ts";
import { album } from "./album.ts";
import { artist } from "./artist.ts";
import { list } from "./list.ts";
import { createMatchJudge } from "./match-judge.ts";
import { type AmazonAlbumOptions, amazonAlbums } from "./providers/amazon/album.ts";
import type { AmazonOptions } from "./providers/amazon/settings.ts";
import { createAmazon } from "./providers/amazon/source.ts";
import { coverArtArchive, type CoverArtArchiveOptions } from "./providers/cover-art-archive/address.ts";
import { coverArtArchiveAlbums } from "./providers/cover-art-archive/album.ts";
import { musicbrainzAddress } from "./providers/musicbrainz/address.ts";
import {
  createDescriptions,
  type DescriptionOptions,
  type DescriptionProviders,
} from "./providers/description/description.ts";
import { musicbrainzAlbums } from "./providers/musicbrainz/album.ts";
import { musicbrainzArtists } from "./providers/musicbrainz/artist.ts";
import { musicbrainzLists } from "./providers/musicbrainz/list.ts";
import { musicbrainzReleases } from "./providers/musicbrainz/release.ts";
import { musicbrainzSongs } from "./providers/musicbrainz/song.ts";
import { createMusicBrainz, type MusicBrainzOptions } from "./providers/musicbrainz/source.ts";
import { release } from "./release.ts";
import { song } from "./song.ts";

export { album, type AlbumAttributes } from "./album.ts";
export { artist, type ArtistAttributes } from "./artist.ts";
export { type EntryAttributes, list, type ListAttributes } from "./list.ts";
export type { AmazonAlbumOptions } from "./providers/amazon/album.ts";
export type { Judgement, JudgeProduct } from "./providers/amazon/judge.ts";
export type { SoughtAlbum } from "./providers/amazon/match-product.ts";
export type { AmazonProduct } from "./providers/amazon/product.ts";
export type { AmazonOptions } from "./providers/amazon/settings.ts";
export type { CoverArtArchiveOptions } from "./providers/cover-art-archive/address.ts";
export type { DescriptionOptions } from "./providers/description/description.ts";
export type { MusicBrainzOptions } from "./providers/musicbrainz/source.ts";
export { release, type ReleaseAttributes } from "./release.ts";
export { song, type SongAttributes } from "./song.ts";
export * as schemes from "./schemes.ts";
export type { TrackAttributes } from "./track.ts";

/** How the music pack reaches its sources. */
export interface MusicOptions {
  /** Default: musicbrainz.org, which requires a contact as soon as it is asked. */
  readonly musicbrainz?: MusicBrainzOptions | undefined;
  /** Default: no credentials, with which Amazon is skipped. */
  readonly amazon?: (AmazonOptions & AmazonAlbumOptions) | undefined;
  /**
   * The language model that writes descriptions, and judges doubtful products of Amazon where `amazon.judge` is absent; its
   * budget is for each of the two. Default: none, and nothing is described or judged.
   */
  readonly description?: DescriptionOptions | undefined;
  /** Default: coverartarchive.org; nobody, and it is skipped, where MusicBrainz is a double on this machine. */
  readonly coverArtArchive?: CoverArtArchiveOptions | undefined;
}

/**
 * The music pack: artists, albums, their releases, songs and lists, from MusicBrainz.
 *
 * @throws AccessionError `configuration-invalid` for an address that is none, or a language model that cannot be.
 * @example
 * const catalog = await openCatalog({ packs: [music({ musicbrainz: { contact: "me@example.org" } })] });
 */
export function music(options: MusicOptions = {}): Pack {
  const musicbrainz = createMusicBrainz(options.musicbrainz);
  // The last, since a text that a model wrote is the least believed.
  const descriptions = createDescriptions(options.description);
  const amazon = amazonAlbums(createAmazon(options.amazon), judgedBy(descriptions, options.amazon));
  const covers = coverArtArchiveAlbums(coverArtArchive(options.coverArtArchive), whyNoCovers(options));
  return definePack({
    name: "music",
    importers: [
      defineImporter({ kind: artist, providers: [musicbrainzArtists(musicbrainz), descriptions.artists] }),
      defineImporter({ kind: album, providers: [musicbrainzAlbums(musicbrainz), covers, amazon, descriptions.albums] }),
      defineImporter({ kind: release, providers: [musicbrainzReleases(musicbrainz)] }),
      defineImporter({ kind: song, providers: [musicbrainzSongs(musicbrainz)] }),
      defineImporter({ kind: list, providers: [musicbrainzLists(musicbrainz)] }),
    ],
  });
}

/** The options, with the model of descriptions as the judge, for as much money a day again, where there is no other. */
function judgedBy({ model, budget }: DescriptionProviders, options: AmazonAlbumOptions = {}): AmazonAlbumOptions {
  if (options.judge || model.unavailable() !== undefined) return options;
  return { dailyMicrodollars: budget?.microdollars, ...options, judge: createMatchJudge(model) };
}

/** The ids of a double are its own, so that coverartarchive.org would be asked for what it cannot have. */
function whyNoCovers({ musicbrainz, coverArtArchive: covers }: MusicOptions): string | undefined {
  const isDouble = musicbrainz?.url !== undefined && musicbrainzAddress(musicbrainz.url).isLoopback;
  if (!isDouble || covers?.url !== undefined) return undefined;
  return "MusicBrainz is one on this machine: name its Cover Art Archive, by the option `coverArtArchive.url`, the variable ACCESSION_COVER_ART_ARCHIVE_URL or the flag --cover-art-archive-url";
}
