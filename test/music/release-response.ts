import { releaseContribution } from "../../src/music/providers/musicbrainz/release-contribution.ts";
import { releaseResponse } from "../../src/music/providers/musicbrainz/responses/release.ts";

/** The release that {@link map} maps. */
export const id = "33333333-3333-4333-8333-333333333333";
export const ann = { id: "11111111-1111-4111-8111-111111111111", name: "Ann Example", "sort-name": "Example, Ann" };
export const bob = { id: "22222222-2222-4222-8222-222222222222", name: "Bob" };

/** How a contribution names Ann as the only one credited. */
export const annsCredit = {
  type: "artist",
  position: 1,
  to: {
    identifiers: [{ scheme: "musicbrainz.artist", value: ann.id }],
    attributes: { name: "Ann Example", sortName: "Example, Ann" },
  },
  attributes: { creditedAs: "Ann", joinPhrase: "" },
};

/** What is said of a release of which the service says this much. */
export function map(response: object, askedId?: string) {
  return releaseContribution(releaseResponse.parse({ id, title: "Examples", ...response }), askedId);
}

/** The attributes of such a release. */
export const attributesOf = (response: object) => map(response).attributes;

/** The relations to songs of a release with these media. */
export function tracksOf(media: readonly object[]) {
  return map({ media }).relations?.filter((one) => one.type === "track") ?? [];
}

/** The id of the recording of a number. */
export function recordingId(number: number): string {
  return `77777777-7777-4777-8777-${String(number).padStart(12, "0")}`;
}
