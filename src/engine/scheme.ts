import { z } from "zod";
import { AccessionError } from "./errors.ts";
import { storableText } from "./json.ts";
import { parseWith } from "./schema-parser.ts";

/**
 * A way of naming items with identifiers. `identity`: one item per value in the whole catalogue, kept so by a unique
 * index. `evidence`: a hint that several items may share (a barcode, an ISNI that two sources attach to two persons).
 */
export interface IdentifierScheme<Name extends string = string> {
  readonly name: Name;
  readonly uniqueness: "identity" | "evidence";
  /** The value in its one spelling, or undefined where it is malformed. */
  parse(value: string): string | undefined;
}

/** An identifier: a value in a scheme. */
export interface Identifier<Scheme extends string = string> {
  readonly scheme: Scheme;
  readonly value: string;
}

const longestValue = 500;

/**
 * Declares an identifier scheme.
 *
 * @param definition.value the zod schema of a value; it may normalise (lower case, hyphens removed). Default: any text.
 * @throws AccessionError `definition-invalid` for a name that is not lower-case words with dots and hyphens.
 * @example
 * const isbn = defineScheme({
 *   name: "isbn",
 *   uniqueness: "identity",
 *   value: z.string().transform((text) => text.replaceAll("-", "")).pipe(z.string().regex(/^\d{13}$/)),
 * });
 */
export function defineScheme<const Name extends string>(definition: {
  readonly name: Name;
  readonly uniqueness: "identity" | "evidence";
  readonly value?: z.ZodType<string, string>;
}): IdentifierScheme<Name> {
  const { name, uniqueness, value = z.string() } = definition;
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name)) {
    throw new AccessionError("definition-invalid", `The scheme name "${name}" is not lower-case words with dots.`);
  }
  return {
    name,
    uniqueness,
    parse(raw) {
      const text = storableText(raw).trim();
      if (text === "" || text.length > longestValue) return undefined;
      const parsed = parseWith(value, text);
      return parsed.success ? parsed.data : undefined;
    },
  };
}

/** The identifier as one text, which people type and the command prints. @example "musicbrainz.artist:83d91898-…" */
export function identifierText(identifier: Identifier): string {
  return `${identifier.scheme}:${identifier.value}`;
}
