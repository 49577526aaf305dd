import { primaryTypeIds, secondaryTypeIds, statusIds } from "../data/vocabulary.ts";
import type { AlbumRecord, ReleaseRecord } from "../data/records.ts";
import { badRequest } from "./answer.ts";
import type { Answer } from "./answer.ts";

/** The `type` and `status` filters of a request, in lower case; null lets everything through. */
export interface Filters {
  readonly types: ReadonlySet<string> | null;
  readonly statuses: ReadonlySet<string> | null;
}

/** The filters, or the error that the service answers with. */
export type FilterOutcome =
  | { readonly kind: "filters"; readonly filters: Filters }
  | { readonly kind: "refused"; readonly answer: Answer };

const lowerCase = (names: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(Object.keys(names).map((name) => name.toLowerCase()));

const knownTypes = lowerCase({ ...primaryTypeIds, ...secondaryTypeIds });
const knownStatuses = lowerCase(statusIds);

const alternatives = (parameter: string | undefined): readonly string[] =>
  (parameter ?? "").split("|").filter((value) => value !== "");

const refused = (message: string): FilterOutcome => ({ kind: "refused", answer: badRequest(message) });

/**
 * Reads `type=album|ep` and `status=official` (https://musicbrainz.org/doc/MusicBrainz_API#Release_.28Group.29_Type_and_Status).
 *
 * @param listsReleases whether the answer holds releases, without which a status makes no sense
 * @param listsReleaseGroups whether the answer holds release groups or releases, without which a type makes no sense
 */
export const readFilters = (
  parameters: { readonly type: string | undefined; readonly status: string | undefined },
  listsReleases: boolean,
  listsReleaseGroups: boolean,
): FilterOutcome => {
  const types = alternatives(parameters.type);
  const statuses = alternatives(parameters.status);
  if (types.length > 0 && !listsReleaseGroups) {
    return refused("type is not a valid parameter unless releases or release-groups are requested.");
  }
  if (statuses.length > 0 && !listsReleases) {
    return refused("status is not a valid parameter unless releases are requested.");
  }
  const oddType = types.find((type) => !knownTypes.has(type));
  if (oddType !== undefined) return refused(`${oddType} is not a recognized release-group type.`);
  const oddStatus = statuses.find((status) => !knownStatuses.has(status));
  if (oddStatus !== undefined) return refused(`${oddStatus} is not a recognized release status.`);
  return {
    kind: "filters",
    filters: {
      types: types.length === 0 ? null : new Set(types),
      statuses: statuses.length === 0 ? null : new Set(statuses),
    },
  };
};

/** Whether an album is of a wanted type, be it the primary or a secondary one. */
export const passesType = (album: AlbumRecord, filters: Filters): boolean =>
  filters.types === null ||
  [album.primaryType, ...album.secondaryTypes].some(
    (type) => type !== null && filters.types?.has(type.toLowerCase()) === true,
  );

/** Whether a release has a wanted status. */
export const passesStatus = (release: ReleaseRecord, filters: Filters): boolean =>
  filters.statuses?.has(release.status?.toLowerCase() ?? "") !== false;
