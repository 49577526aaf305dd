import type { Answer } from "./answer.ts";

/** What a request asks for besides the plain entity, or the error that the service answers with. */
export type IncOutcome =
  | { readonly kind: "inc"; readonly inc: ReadonlySet<string> }
  | { readonly kind: "refused"; readonly answer: Answer };

/** The requests that take `inc`. */
export type IncResource =
  | "artist"
  | "release-group"
  | "release-group-browse"
  | "release"
  | "release-browse"
  | "recording"
  | "isrc"
  | "series"
  | "url";

const relations: ReadonlySet<string> = new Set(
  "area artist event genre instrument label place recording release release-group series url work"
    .split(" ")
    .map((target) => `${target}-rels`),
);

const common = ["annotation", "tags", "genres", "ratings", "user-tags", "user-genres", "user-ratings"];

const onReleases = [
  ...common,
  "aliases",
  "artist-credits",
  "labels",
  "recordings",
  "release-groups",
  "media",
  "discids",
  "recording-level-rels",
  "release-group-level-rels",
  "work-level-rels",
];

const onRecordings = [
  ...common,
  "aliases",
  "artists",
  "artist-credits",
  "isrcs",
  "releases",
  "release-groups",
  "work-level-rels",
];

const allowed: Readonly<Record<IncResource, ReadonlySet<string>>> = {
  artist: new Set([...common, "aliases", "recordings", "releases", "release-groups", "works", "various-artists"]),
  "release-group": new Set([...common, "aliases", "artists", "artist-credits", "releases"]),
  "release-group-browse": new Set([...common, "artist-credits"]),
  release: new Set([...onReleases, "artists"]),
  "release-browse": new Set(onReleases),
  recording: new Set(onRecordings),
  isrc: new Set(onRecordings),
  // Artist credits are those of what is in the series.
  series: new Set(["aliases", "annotation", "tags", "genres", "user-tags", "user-genres", "artist-credits"]),
  url: new Set(),
};

/** What becomes legal once another value is there. */
const unlockedBy: Readonly<Record<string, readonly string[]>> = {
  recordings: ["artist-credits", "isrcs"],
  releases: ["artist-credits", "discids", "media"],
  "release-groups": ["artist-credits"],
  works: ["artist-credits"],
};

const refusal = (message: string): IncOutcome => ({
  kind: "refused",
  answer: { kind: "error", status: 400, message },
});

const unauthorized: IncOutcome = {
  kind: "refused",
  answer: { kind: "error", status: 401, message: "You are not authorized to access this resource." },
};

/**
 * Reads the `inc` parameters of a request, which are separated by spaces or literal plus signs
 * (https://musicbrainz.org/doc/MusicBrainz_API#Subqueries).
 *
 * @param parameters every `inc` parameter of the query string, already decoded
 * @example readInc("artist", ["aliases genres url-rels"])
 */
export const readInc = (resource: IncResource, parameters: readonly string[]): IncOutcome => {
  if (parameters.length > 1) {
    return refusal("Inc arguments must be combined with a space, but you provided multiple parameters");
  }
  const name = resource.replace("-browse", "");
  const asked = (parameters[0] ?? "")
    .split(/[+ ]/u)
    .filter((value) => value !== "")
    .map((value) => value.replace("mediums", "media"));
  const unlocked = new Set(asked.flatMap((value) => unlockedBy[value] ?? []));
  for (const value of asked) {
    if (allowed[resource].has(value) || unlocked.has(value) || relations.has(value)) continue;
    const keys = Object.keys(unlockedBy).filter((key) => unlockedBy[key]?.includes(value));
    return keys.length > 0
      ? refusal(
          `${value} is not a valid option for the inc parameter for the ${name} resource ` +
            `unless you specify one of the following other inc parameters: ${keys.join(", ")}`,
        )
      : refusal(`${value} is not a valid inc parameter for the ${name} resource.`);
  }
  if (asked.some((value) => value.startsWith("user-"))) return unauthorized;
  return { kind: "inc", inc: new Set(asked) };
};
