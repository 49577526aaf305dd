import type { RelationTo } from "../../../engine/contribution.ts";
import type { ArtistAttributes } from "../../artist.ts";
import { artistInPassing } from "./artist-contribution.ts";
import { said } from "./names.ts";
import type { CreditResponse } from "./responses/parts.ts";

/** A credit as it is printed: "David Bowie & Queen". Undefined where nobody is credited. */
export function creditText(credits: readonly CreditResponse[]): string | undefined {
  return said(credits.map((credit) => creditedName(credit) + (credit.joinphrase ?? "")).join(""));
}

/** The credited artists as relations, each with the name as credited and what joins it to the next one. */
export function creditRelations(credits: readonly CreditResponse[]): RelationTo<"artist", ArtistAttributes>[] {
  return credits.map((credit, index) => ({
    type: "artist",
    to: {
      identifiers: [{ scheme: "musicbrainz.artist", value: credit.artist.id }],
      attributes: artistInPassing(credit.artist),
    },
    position: index + 1,
    attributes: { creditedAs: creditedName(credit), joinPhrase: credit.joinphrase ?? "" },
  }));
}

/** The name on the cover, which is the artist's own unless it says otherwise. */
function creditedName(credit: CreditResponse): string {
  return said(credit.name) ?? credit.artist.name;
}
