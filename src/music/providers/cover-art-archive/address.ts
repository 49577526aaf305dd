import { AccessionError } from "../../../engine/errors.ts";
import type { ImagePolicy } from "../../../engine/image.ts";

/** How the Cover Art Archive, or a double of it, is asked. */
export interface CoverArtArchiveOptions {
  /** Where the service is. Default: https://coverartarchive.org */
  readonly url?: string | undefined;
  /**
   * Milliseconds between two covers, over every process on the database. Default: 1,000; from an address of one's own, 0.
   * The service names no limit; https://archive.org, which has the images, asks for moderation.
   */
  readonly interval?: number | undefined;
}

/** Where covers are, and how they may be fetched. */
export interface CoverArtArchive {
  /** The base of every address, without a trailing slash. */
  readonly prefix: string;
  readonly policy: ImagePolicy;
}

const realAddress = "https://coverartarchive.org";

/**
 * Reads where the Cover Art Archive is. The real one redirects to archive.org, and there to one of its machines, over http:
 * these hosts are asked and no others, and over https. A double, named by whoever opens the catalogue, may be on this
 * machine, and has its images itself.
 *
 * Source of the rule: https://musicbrainz.org/doc/Cover_Art_Archive/API
 *
 * @throws AccessionError `configuration-invalid` for what is no web address.
 */
export function coverArtArchive(options: CoverArtArchiveOptions = {}): CoverArtArchive {
  const url = URL.parse(options.url ?? realAddress);
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "") {
    throw new AccessionError(
      "configuration-invalid",
      `The Cover Art Archive's address "${options.url}" is no web address. It comes from the option \`url\`, the environment variable ACCESSION_COVER_ART_ARCHIVE_URL or the flag --cover-art-archive-url.`,
    );
  }
  const isReal = /(^|\.)coverartarchive\.org$/.test(url.hostname);
  return {
    prefix: url.href.replace(/\/+$/, ""),
    policy: {
      fills: ["front"],
      hosts: ["coverartarchive.org", "archive.org"],
      secure: true,
      interval: options.interval ?? (isReal ? 1_000 : 0),
      ...(!isReal && { trusted: url.origin }),
    },
  };
}
