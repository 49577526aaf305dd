import type { Contribution, RelatedItem } from "../../../engine/contribution.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import type { song, SongAttributes } from "../../song.ts";
import { creditRelations, creditText } from "./artist-credit.ts";
import { strongest } from "./categories.ts";
import { identifiersOf, mbids } from "./identifiers.ts";
import { linksOf } from "./links.ts";
import { aliasesOf, said } from "./names.ts";
import { wholeNumber } from "./numbers.ts";
import type { NamedRecording, RecordingResponse } from "./responses/recording.ts";

/**
 * What MusicBrainz says of a recording, from a look-up, a dump, or a search hit, which says less. Pure, and total: parts
 * that are malformed are left unsaid; of identifiers and addresses the engine knows which are any.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the song.
 * Default: the answer's.
 */
export function songContribution(response: RecordingResponse, askedId = response.id): Contribution<typeof song> {
  return {
    attributes: { ...attributesInPassing(response), aliases: aliasesOf(response.aliases) },
    identifiers: [...mbids("musicbrainz.recording", response.id, askedId), ...identifiersOf("isrc", response.isrcs)],
    categories: [...strongest("genre", response.genres), ...strongest("tag", response.tags)],
    relations: creditRelations(response["artist-credit"]),
    links: linksOf(response.relations),
  };
}

/** What MusicBrainz says of a recording wherever it names one, with its artists where they are named too. */
export function songInPassing(response: NamedRecording): RelatedItem<SongAttributes> {
  const relations = creditRelations(response["artist-credit"]);
  return {
    identifiers: [{ scheme: "musicbrainz.recording", value: response.id }, ...identifiersOf("isrc", response.isrcs)],
    attributes: attributesInPassing(response),
    ...(relations.length > 0 && { relations }),
  };
}

function attributesInPassing(response: NamedRecording) {
  return {
    title: response.title,
    disambiguation: said(response.disambiguation),
    artistCredit: creditText(response["artist-credit"]),
    length: wholeNumber(response.length, 1),
    firstReleaseDate: parsePartialDate(response["first-release-date"]),
    video: response.video ?? undefined,
  };
}
