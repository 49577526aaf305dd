import type { Contribution } from "../../../engine/contribution.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import { type release, type ReleaseAttributes, releaseStatuses } from "../../release.ts";
import { albumInPassing } from "./album-contribution.ts";
import { creditRelations, creditText } from "./artist-credit.ts";
import { strongest } from "./categories.ts";
import { identifiersOf, mbids } from "./identifiers.ts";
import { linksOf, pageIdentifiers, releasePages } from "./links.ts";
import { countryOf, oneOf, said, saidWord } from "./names.ts";
import { mediaOf, trackCountOfAll, trackRelations } from "./release-tracks.ts";
import type { ReleaseResponse } from "./responses/release.ts";

/**
 * What MusicBrainz says of a release, from a look-up, a browse page, a dump, or a search hit, which has no tracks. Pure,
 * and total: parts that are malformed are left unsaid; of identifiers and addresses the engine knows which are any.
 *
 * @param askedId the id that was asked for. Where the answer has another, the two were merged, and both name the release.
 * Default: the answer's.
 */
export function releaseContribution(response: ReleaseResponse, askedId = response.id): Contribution<typeof release> {
  const group = response["release-group"];
  const { media } = response;
  return {
    attributes: {
      title: response.title,
      disambiguation: said(response.disambiguation),
      artistCredit: creditText(response["artist-credit"]),
      date: parsePartialDate(response.date),
      country: countryOf(response.country),
      events: eventsOf(response),
      status: oneOf(releaseStatuses, response.status),
      packaging: saidWord(response.packaging),
      barcode: said(response.barcode),
      hasBarcode: response.barcode?.trim() === "" ? false : undefined,
      labels: labelsOf(response),
      media: media.length === 0 ? undefined : mediaOf(media),
      trackCount: trackCountOfAll(media),
      language: said(response["text-representation"]?.language),
      script: said(response["text-representation"]?.script),
    },
    identifiers: [
      ...mbids("musicbrainz.release", response.id, askedId),
      ...identifiersOf("barcode", [said(response.barcode)]),
      ...identifiersOf("asin", [said(response.asin)]),
      ...pageIdentifiers(response.relations, releasePages),
    ],
    categories: [...strongest("genre", response.genres), ...strongest("tag", response.tags)],
    relations: [
      ...(group ? [{ type: "album" as const, to: albumInPassing(group), position: 1 }] : []),
      ...creditRelations(response["artist-credit"]),
      ...trackRelations(media),
    ],
    links: linksOf(response.relations),
  };
}

/** Where and when it came out; undefined where none is told, or nothing of any. */
function eventsOf(response: ReleaseResponse): ReleaseAttributes["events"] {
  const events = response["release-events"].flatMap(({ date, area }) => {
    const event = { date: parsePartialDate(date), country: countryOf(area?.["iso-3166-1-codes"][0]) };
    return event.date === undefined && event.country === undefined ? [] : [event];
  });
  return events.length === 0 ? undefined : events;
}

/** Who brought it out, and under which number; undefined where nobody says. */
function labelsOf(response: ReleaseResponse): ReleaseAttributes["labels"] {
  const labels = response["label-info"].flatMap(({ label, "catalog-number": number }) => {
    const known = { name: label?.name, catalogueNumber: said(number), musicbrainzId: label?.id ?? undefined };
    return known.name === undefined && known.catalogueNumber === undefined ? [] : [known];
  });
  return labels.length === 0 ? undefined : labels;
}
