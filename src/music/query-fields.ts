import { z } from "zod";
import { storableText } from "../engine/json.ts";
import type { RelatedWish } from "../engine/kind.ts";
import { partialDate } from "../engine/partial-date.ts";
import { countryCode } from "./attribute-fields.ts";
import { mbid } from "./schemes.ts";

const longestName = 1000;

/** A name as people type it, stored without NUL, lone surrogates and outer spaces: 1 to 1,000 characters. */
export const nameField = z
  .string({ error: (issue) => (issue.input === undefined ? "is missing" : "must be text") })
  .transform((text) => storableText(text).trim())
  .pipe(z.string().min(1, "must not be empty").max(longestName, "must not be longer than 1,000 characters"));

/** A year, as a number or within a date of any precision: 1965, "1965", "1965-07-21". */
export const yearField = z.union([z.int().min(1).max(9999), partialDate], {
  error: "must be a year such as 1965, or a date such as 1965-07",
});

/** The year or date as a partial date. */
export function partialDateOf(year: z.output<typeof yearField> | undefined): string | undefined {
  return typeof year === "number" ? String(year).padStart(4, "0") : year;
}

/** A country's two letters, in any case. */
export const countryField = z.string().trim().toUpperCase().pipe(countryCode);

/** Whom something is credited to: a name, or the id of an artist in the catalogue. */
export const creditedField = z.union(
  [nameField, z.strictObject({ item: z.uuid("must be the id of an item in the catalogue") })],
  { error: "must be a name, or { item } with the id of an artist in the catalogue" },
);

/** Whom something is credited to, as an item that it has to be related to. */
export function creditedTo(named: z.output<typeof creditedField> | undefined): readonly RelatedWish[] {
  if (named === undefined) return [];
  return [typeof named === "string" ? { type: "artist", name: named } : { type: "artist", item: named.item }];
}

/** One of a closed list of words, in any case. */
export function wordField<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(words, { error: `must be one of ${words.join(", ")}` }));
}

/** A MusicBrainz id, or the address of the entity's page on musicbrainz.org, which is what people copy. */
export function musicbrainzIdField(entity: "artist" | "release-group" | "release" | "recording" | "series") {
  const page = new RegExp(`^https?://(?:[a-z]+\\.)?musicbrainz\\.org/${entity}/([0-9a-f-]{36})(?:[/?#].*)?$`, "i");
  return z
    .string()
    .transform((text) => text.trim().replace(page, "$1"))
    .pipe(mbid);
}

/**
 * A query of either form, refused with a message about the form that was meant rather than about both: the one with the
 * fewest faults, and of equals the last.
 */
export function eitherQuery<const Forms extends readonly [z.ZodType, ...z.ZodType[]]>(forms: Forms) {
  return z.union(forms, {
    error: (issue) => {
      if (issue.code !== "invalid_union") return undefined;
      const fewest = Math.min(...issue.errors.map((faults) => faults.length));
      const meant = issue.errors.findLast((faults) => faults.length === fewest) ?? [];
      return meant.map((fault) => `${fault.path.join(".") || "the query"}: ${fault.message}`).join("; ");
    },
  });
}
