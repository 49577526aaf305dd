import type { UrlEntity, UrlUse } from "../data/catalogue.ts";
import { artistUrlRelationIds, releaseGroupUrlRelationIds } from "../data/vocabulary.ts";
import type { Json } from "./answer.ts";
import { nestedArtistJson, relationJson } from "./parts-json.ts";
import type { Inc } from "./parts-json.ts";
import { plainReleaseGroupJson } from "./release-group-json.ts";

const useJson = (use: UrlUse, inc: Inc): readonly Json[] => {
  switch (use.kind) {
    case "artist":
      return inc.has("artist-rels")
        ? [
            {
              ...relationJson(use.relation, artistUrlRelationIds[use.relation], "backward"),
              "target-type": "artist",
              artist: nestedArtistJson(use.artist, inc),
            },
          ]
        : [];
    case "release-group":
      return inc.has("release-group-rels")
        ? [
            {
              ...relationJson(use.relation, releaseGroupUrlRelationIds[use.relation], "backward"),
              // The one place where the service writes the kind with an underscore.
              "target-type": "release_group",
              release_group: plainReleaseGroupJson(use.album),
            },
          ]
        : [];
  }
};

/** A web address with the artists and release groups that use it, when asked for (https://musicbrainz.org/doc/MusicBrainz_API#url_.28by_text.29). */
export const urlJson = (url: UrlEntity, inc: Inc): Json => ({
  id: url.id,
  resource: url.resource,
  ...([...inc].some((value) => value.endsWith("-rels"))
    ? { relations: url.uses.flatMap((use) => useJson(use, inc)) }
    : {}),
});
