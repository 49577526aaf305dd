import { z } from "zod";
import { alias, count, credit, entity, listOf, maybe, name, number, relation, score, text, word } from "./parts.ts";

/** A release group as it is named within another entity. */
export const namedReleaseGroup = z.object({
  id: entity,
  title: name,
  disambiguation: text,
  "primary-type": maybe(word),
  "secondary-types": listOf(word),
  "first-release-date": text,
  "artist-credit": listOf(credit),
});

/** A release group, from a look-up, a browse page, a search or a dump. */
export const releaseGroupResponse = namedReleaseGroup.extend({
  aliases: listOf(alias),
  tags: listOf(count),
  genres: listOf(count),
  relations: listOf(relation),
});

/** A page of a release group search. */
export const releaseGroupSearchResponse = z.object({
  "release-groups": z.array(releaseGroupResponse.extend(score)),
});

/** A page of an artist's release groups; each is read by itself, since one that is malformed does not spoil the others. */
export const releaseGroupPage = z.object({
  "release-group-count": number,
  "release-groups": z.array(z.unknown()),
});

/** A release group as it is named within another entity. */
export type NamedReleaseGroup = z.output<typeof namedReleaseGroup>;
/** A release group as the service describes it. */
export type ReleaseGroupResponse = z.output<typeof releaseGroupResponse>;
/** A release group as a search found it. */
export type ReleaseGroupHit = z.output<typeof releaseGroupSearchResponse>["release-groups"][number];
