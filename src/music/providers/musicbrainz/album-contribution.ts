import type { Contribution, RelatedItem } from "../../../engine/contribution.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import { type album, type AlbumAttributes, albumTypes } from "../../album.ts";
import { creditRelations, creditText } from "./artist-credit.ts";
import { strongest } from "./categories.ts";
import { mbids } from "./identifiers.ts";
import { albumPages, linksOf, pageIdentifiers } from "./links.ts";
import { aliasesOf, oneOf, said, saidWord } from "./names.ts";
import type { NamedReleaseGroup, ReleaseGroupResponse } from "./responses/release-group.ts";

/**
 * What MusicBrainz says of a release group, from a look-up, a dump, or a search hit, which says less. Pure, and total:
 * parts that are malformed are left unsaid; of identifiers and addresses the engine knows which are any.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the album.
 * Default: the answer's.
 */
export function albumContribution(response: ReleaseGroupResponse, askedId = response.id): Contribution<typeof album> {
  return {
    attributes: { ...attributesInPassing(response), aliases: aliasesOf(response.aliases) },
    identifiers: [
      ...mbids("musicbrainz.release-group", response.id, askedId),
      ...pageIdentifiers(response.relations, albumPages),
    ],
    categories: [...strongest("genre", response.genres), ...strongest("tag", response.tags)],
    relations: creditRelations(response["artist-credit"]),
    links: linksOf(response.relations),
  };
}

/** What MusicBrainz says of a release group wherever it names one, with its artists where they are named too. */
export function albumInPassing(response: NamedReleaseGroup): RelatedItem<AlbumAttributes> {
  const relations = creditRelations(response["artist-credit"]);
  return {
    identifiers: [{ scheme: "musicbrainz.release-group", value: response.id }],
    attributes: attributesInPassing(response),
    ...(relations.length > 0 && { relations }),
  };
}

function attributesInPassing(response: NamedReleaseGroup) {
  return {
    title: response.title,
    disambiguation: said(response.disambiguation),
    artistCredit: creditText(response["artist-credit"]),
    primaryType: oneOf(albumTypes, response["primary-type"]),
    secondaryTypes: response["secondary-types"].flatMap((type) => saidWord(type) ?? []),
    firstReleaseDate: parsePartialDate(response["first-release-date"]),
  };
}
