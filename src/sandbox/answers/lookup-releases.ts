import type { Catalogue } from "../data/catalogue.ts";
import { badRequest, found, notFound } from "./answer.ts";
import type { Answer } from "./answer.ts";
import { readFilters } from "./filters.ts";
import { readInc } from "./inc.ts";
import { answerWith, isMbid } from "./lookup.ts";
import { wholeRecordingJson } from "./recording-json.ts";
import { releaseJson } from "./release-json.ts";
import { seriesJson } from "./series-json.ts";

/** `GET /release/{mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). */
export const lookUpRelease = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const inc = readInc("release", address.searchParams.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  return answerWith(catalogue.findRelease(id), "release", address, (release) =>
    releaseJson(release, catalogue, inc.inc),
  );
};

/** `GET /recording/{mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). */
export const lookUpRecording = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("recording", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  const lists = inc.inc.has("releases");
  const filters = readFilters(
    { type: parameters.get("type") ?? undefined, status: parameters.get("status") ?? undefined },
    lists,
    lists,
  );
  if (filters.kind === "refused") return filters.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  return answerWith(catalogue.findRecording(id), "recording", address, (recording) =>
    wholeRecordingJson(recording, catalogue.usesOf(recording), inc.inc, filters.filters),
  );
};

/** Two letters of a country, three characters of a registrant, two digits of a year and five of a designation. */
const isrcForm = /^[A-Z]{2}[A-Z0-9]{3}\d{7}$/iu;

/** `GET /isrc/{ISRC}` (https://musicbrainz.org/doc/MusicBrainz_API#isrc): the recordings that have it, 404 when none has. */
export const lookUpIsrc = (catalogue: Catalogue, isrc: string, address: URL): Answer => {
  const parameters = address.searchParams;
  const inc = readInc("isrc", parameters.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  if (!isrcForm.test(isrc)) return badRequest("Invalid isrc.");
  const recordings = catalogue.recordingsWith(isrc);
  if (recordings.length === 0) return notFound;
  return found({
    isrc: isrc.toUpperCase(),
    recordings: recordings.map((recording) =>
      wholeRecordingJson(recording, catalogue.usesOf(recording), inc.inc, { types: null, statuses: null }),
    ),
  });
};

/** `GET /series/{mbid}` (https://musicbrainz.org/doc/MusicBrainz_API#Lookups). */
export const lookUpSeries = (catalogue: Catalogue, id: string, address: URL): Answer => {
  const inc = readInc("series", address.searchParams.getAll("inc"));
  if (inc.kind === "refused") return inc.answer;
  if (!isMbid(id)) return badRequest("Invalid mbid.");
  return answerWith(catalogue.findSeries(id), "series", address, (series) => seriesJson(series, catalogue, inc.inc));
};
