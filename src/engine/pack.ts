import { AccessionError } from "./errors.ts";
import type { AttributesOf, Kind } from "./kind.ts";
import type { Provider } from "./provider.ts";

/** The providers of one kind, in the order in which they are asked and believed. */
export interface Importer<K extends Kind = Kind> {
  readonly kind: K;
  readonly providers: readonly Provider<K>[];
  /** For single attributes, who is believed first; the others follow in the importer's order. Default: none. */
  readonly precedence: Readonly<Record<string, readonly string[]>>;
}

/** A domain: the importers of its kinds. */
export interface Pack {
  readonly name: string;
  readonly importers: readonly Importer[];
}

/**
 * Declares which providers a kind has.
 *
 * @example
 * defineImporter({ kind: artist, providers: [musicbrainz, wikipedia], precedence: { disambiguation: ["wikipedia"] } });
 */
export function defineImporter<K extends Kind>(definition: {
  readonly kind: K;
  readonly providers: readonly Provider<K>[];
  readonly precedence?: { readonly [Field in keyof AttributesOf<K>]?: readonly string[] };
}): Importer {
  return {
    kind: definition.kind,
    providers: definition.providers,
    precedence: (definition.precedence ?? {}) as Readonly<Record<string, readonly string[]>>,
  };
}

/**
 * Declares a pack. A pack may hold importers for the kinds of another: their providers come after that pack's, so that
 * an application adds a provider to music without touching music.
 *
 * @throws AccessionError `definition-invalid` for a name that is not a lower-case word.
 * @example definePack({ name: "mine", importers: [defineImporter({ kind: artist, providers: [wikipedia] })] });
 */
export function definePack(definition: Pack): Pack {
  if (!/^[a-z][a-z0-9_]*$/.test(definition.name)) {
    throw new AccessionError("definition-invalid", `The pack name "${definition.name}" is not one lower-case word.`);
  }
  return definition;
}
