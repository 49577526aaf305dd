import type { Contribution } from "../../../engine/contribution.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import { type artist, type ArtistAttributes, artistTypes } from "../../artist.ts";
import { locations, strongest } from "./categories.ts";
import { identifiersOf, mbids } from "./identifiers.ts";
import { artistPages, linksOf, pageIdentifiers } from "./links.ts";
import { aliasesOf, countryOf, oneOf, said, saidWord } from "./names.ts";
import type { ArtistResponse } from "./responses/artist.ts";
import type { NamedArtist } from "./responses/parts.ts";

/**
 * What MusicBrainz says of an artist, from a look-up, a dump, or a search hit, which says less. Pure, and total: parts that are
 * malformed are left unsaid; of identifiers and addresses the engine knows which are any.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the artist.
 * Default: the answer's.
 */
export function artistContribution(response: ArtistResponse, askedId = response.id): Contribution<typeof artist> {
  const area = response.area?.name;
  const beginArea = (response["begin-area"] ?? response.begin_area)?.name;
  const lifeSpan = response["life-span"];
  return {
    attributes: {
      ...artistInPassing(response),
      gender: saidWord(response.gender),
      area,
      beginArea,
      endArea: (response["end-area"] ?? response.end_area)?.name,
      begin: parsePartialDate(lifeSpan?.begin),
      end: parsePartialDate(lifeSpan?.end),
      ended: lifeSpan?.ended ?? undefined,
      aliases: aliasesOf(response.aliases),
    },
    identifiers: [
      ...mbids("musicbrainz.artist", response.id, askedId),
      ...identifiersOf("isni", response.isnis),
      ...identifiersOf("ipi", response.ipis),
      ...pageIdentifiers(response.relations, artistPages),
    ],
    categories: [
      ...strongest("genre", response.genres),
      ...strongest("tag", response.tags),
      ...locations(beginArea, area),
    ],
    links: linksOf(response.relations),
  };
}

/** What MusicBrainz says of an artist wherever it names one: enough for an album to say whom it is by. */
export function artistInPassing(response: NamedArtist): Partial<ArtistAttributes> & Pick<ArtistAttributes, "name"> {
  return {
    name: response.name,
    sortName: said(response["sort-name"]),
    disambiguation: said(response.disambiguation),
    type: oneOf(artistTypes, response.type),
    country: countryOf(response.country),
  };
}
