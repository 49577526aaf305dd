import { contributed, defineImporter, definePack, defineProvider, notFound, type Pack } from "../src/index.ts";
import { artist } from "../src/music/index.ts";
import type { GeneratedArtist } from "./artists.ts";

/** The music pack's artists, from a source that answers at once, out of memory. */
export interface GeneratedMusic {
  readonly pack: Pack;
  /** Makes the source know an artist. */
  tell(one: GeneratedArtist): void;
}

/** Makes a source without a network, so that what is measured is the engine and the database. */
export function createGeneratedMusic(): GeneratedMusic {
  const known = new Map<string, GeneratedArtist>();
  const provider = defineProvider(artist, {
    name: "generated",
    identifiedBy: "musicbrainz.artist",
    async provide(sought) {
      const one = known.get(sought.identifier("musicbrainz.artist") ?? "");
      return one ? contributed(one.said) : notFound;
    },
  });
  return {
    pack: definePack({ name: "bench", importers: [defineImporter({ kind: artist, providers: [provider] })] }),
    tell: (one) => void known.set(one.mbid, one),
  };
}
