import type { Contribution } from "../../../engine/contribution.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import { album, albumTypes } from "../../album.ts";
import { artistInPassing } from "./artist-contribution.ts";
import { strongest } from "./categories.ts";
import { validIdentifiers } from "./identifiers.ts";
import { albumPages, linksOf, pageIdentifiers } from "./links.ts";
import { aliasesOf, oneOf, said, saidWord } from "./names.ts";
import type { CreditResponse, ReleaseGroupResponse } from "./responses.ts";

/**
 * What MusicBrainz says of a release group, from a look-up or a search hit, which says less. Pure, and total: parts that
 * are malformed are left unsaid.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the album.
 * Default: the answer's.
 */
export function albumContribution(response: ReleaseGroupResponse, askedId = response.id): Contribution<typeof album> {
  const credits = response["artist-credit"];
  return {
    attributes: {
      title: response.title,
      disambiguation: said(response.disambiguation),
      artistCredit: said(credits.map((credit) => creditedName(credit) + (credit.joinphrase ?? "")).join("")),
      primaryType: oneOf(albumTypes, response["primary-type"]),
      secondaryTypes: response["secondary-types"].flatMap((type) => saidWord(type) ?? []),
      firstReleaseDate: parsePartialDate(response["first-release-date"]),
      aliases: aliasesOf(response.aliases),
    },
    identifiers: validIdentifiers(album.identifiers, [
      { scheme: "musicbrainz.release-group", value: response.id },
      { scheme: "musicbrainz.release-group", value: askedId },
      ...pageIdentifiers(response.relations, albumPages),
    ]),
    categories: [...strongest("genre", response.genres), ...strongest("tag", response.tags)],
    relations: credits.map((credit, index) => ({
      type: "artist",
      to: {
        identifiers: [{ scheme: "musicbrainz.artist", value: credit.artist.id }],
        attributes: artistInPassing(credit.artist),
      },
      position: index + 1,
      attributes: { creditedAs: creditedName(credit), joinPhrase: credit.joinphrase ?? "" },
    })),
    links: linksOf(response.relations),
  };
}

/** The name on the cover, which is the artist's own unless it says otherwise. */
function creditedName(credit: CreditResponse): string {
  return said(credit.name) ?? credit.artist.name;
}
