import { contributed, defineProvider, type Provider, skipped } from "../../../engine/provider.ts";
import { album } from "../../album.ts";
import { musicbrainzReleaseGroup } from "../../schemes.ts";
import type { CoverArtArchive } from "./address.ts";

/**
 * The front covers of albums, from the Cover Art Archive, which has them by MusicBrainz's ids. It only names the image: the
 * engine fetches it, and where there is none, the outcome is `not-found`.
 *
 * @param unavailable why it cannot be asked at all; undefined where it can.
 */
export function coverArtArchiveAlbums(
  { prefix, policy }: CoverArtArchive,
  unavailable: string | undefined,
): Provider<typeof album, undefined> {
  return defineProvider(album, {
    name: "cover-art-archive",
    run: "background",
    images: policy,
    job: { concurrency: 2 },
    unavailable: () => unavailable,
    async provide(sought) {
      const mbid = sought.identifier(musicbrainzReleaseGroup.name);
      if (mbid === undefined) return skipped("its MusicBrainz id is not known");
      return contributed({ images: [{ type: "front", url: `${prefix}/release-group/${mbid}/front` }] });
    },
  });
}
