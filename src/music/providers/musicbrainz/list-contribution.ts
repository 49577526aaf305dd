import type { Contribution, RelationTo } from "../../../engine/contribution.ts";
import type { EntryAttributes, list } from "../../list.ts";
import { albumInPassing } from "./album-contribution.ts";
import { artistInPassing } from "./artist-contribution.ts";
import { creditRelations, creditText } from "./artist-credit.ts";
import { mbids } from "./identifiers.ts";
import { linksOf } from "./links.ts";
import { aliasesOf, said, saidWord } from "./names.ts";
import type { SeriesRelation, SeriesResponse } from "./responses/series.ts";
import { songInPassing } from "./song-contribution.ts";

type ListRelation = NonNullable<Contribution<typeof list>["relations"]>[number];

/**
 * What MusicBrainz says of a series, from a look-up or a search hit, which has no entries. Pure, and total: parts that are
 * malformed, and entries of kinds that we do not hold, are left unsaid; of addresses the engine knows which are any.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the list.
 * Default: the answer's.
 */
export function listContribution(response: SeriesResponse, askedId = response.id): Contribution<typeof list> {
  return {
    attributes: {
      title: response.name,
      disambiguation: said(response.disambiguation),
      type: saidWord(response.type),
      aliases: aliasesOf(response.aliases),
    },
    identifiers: mbids("musicbrainz.series", response.id, askedId),
    relations: inOrder(response.relations)
      .flatMap((relation) => entryOf(relation) ?? [])
      .map((entry, index) => ({ ...entry, position: index + 1 })),
    links: linksOf(response.relations),
  };
}

/** The entries by their key, those without one last, then by the number in their printed one, then as they came. */
function inOrder(relations: readonly SeriesRelation[]): readonly SeriesRelation[] {
  const keyOf = (one: SeriesRelation): number => one["ordering-key"] ?? Infinity;
  const numberOf = (one: SeriesRelation): number => {
    const digits = /\d+(?:\.\d+)?/.exec(one["attribute-values"]?.number ?? "")?.[0];
    return digits === undefined ? Infinity : Number(digits);
  };
  return relations
    .filter((one) => one.type === "part of")
    .toSorted((left, right) => compare(keyOf(left), keyOf(right)) || compare(numberOf(left), numberOf(right)));
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left - right;
}

function entryOf(relation: SeriesRelation): ListRelation | undefined {
  const number = said(relation["attribute-values"]?.number);
  const attributes: EntryAttributes = number === undefined ? {} : { number };
  const { artist, recording, release, release_group: group } = relation;
  if (group) return { type: "album", to: albumInPassing(group), attributes };
  if (recording) return { type: "song", to: songInPassing(recording), attributes };
  if (release) return { type: "release", to: releaseInPassing(release), attributes };
  if (artist) {
    const identifiers = [{ scheme: "musicbrainz.artist", value: artist.id }];
    return { type: "artist", to: { identifiers, attributes: artistInPassing(artist) }, attributes };
  }
  return undefined;
}

function releaseInPassing(release: NonNullable<SeriesRelation["release"]>) {
  const relations: readonly RelationTo[] = creditRelations(release["artist-credit"]);
  return {
    identifiers: [{ scheme: "musicbrainz.release", value: release.id }],
    attributes: {
      title: release.title,
      disambiguation: said(release.disambiguation),
      artistCredit: creditText(release["artist-credit"]),
    },
    ...(relations.length > 0 && { relations }),
  };
}
