import { AccessionError } from "./errors.ts";
import { person } from "./item.ts";
import type { Kind } from "./kind.ts";
import type { Importer, Pack } from "./pack.ts";
import type { Provider } from "./provider.ts";
import type { Identifier, IdentifierScheme } from "./scheme.ts";

/** All that the packs of a catalogue declare, by name. */
export interface Registry {
  readonly kinds: readonly Kind[];
  /** @throws AccessionError `kind-unknown`, listing the known ones. */
  importer(kind: string): Importer;
  scheme(name: string): IdentifierScheme | undefined;
}

/**
 * Joins packs; importers of one kind become one, in the order of the packs.
 *
 * @throws AccessionError `definition-invalid` where two packs disagree: another kind or scheme of the same name, one
 * provider name twice for a kind, a relation to a kind that no pack has, a precedence that names an unknown provider.
 */
export function createRegistry(packs: readonly Pack[]): Registry {
  const importers = new Map<string, Importer>();
  const schemes = new Map<string, IdentifierScheme>();
  const identities = new Map<string, Kind>();
  const refuse = (why: string): never => {
    throw new AccessionError("definition-invalid", why);
  };
  for (const added of packs.flatMap((pack) => pack.importers)) {
    const { kind } = added;
    const known = importers.get(kind.name);
    if (known && known.kind !== kind) refuse(`Two packs define a kind named "${kind.name}".`);
    importers.set(kind.name, {
      kind,
      providers: [...(known?.providers ?? []), ...added.providers],
      precedence: { ...known?.precedence, ...added.precedence },
    });
    for (const scheme of kind.identifiers) {
      if ((schemes.get(scheme.name) ?? scheme) !== scheme) refuse(`Two schemes are named "${scheme.name}".`);
      schemes.set(scheme.name, scheme);
      if (scheme.uniqueness === "evidence") continue;
      // One identity names one item, so items of two kinds cannot share its scheme.
      const owner = identities.get(scheme.name) ?? kind;
      if (owner !== kind) refuse(`${owner.name} and ${kind.name} share the identity scheme "${scheme.name}".`);
      identities.set(scheme.name, kind);
    }
  }
  for (const { kind, providers, precedence } of importers.values()) {
    const names = providers.map((provider) => provider.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) refuse(`${kind.name} has two providers named "${twice}".`);
    const misplaced = providers.find((provider) => provider.kind !== kind);
    if (misplaced) refuse(`The provider "${misplaced.name}" of ${misplaced.kind.name} stands under ${kind.name}.`);
    const unknown = Object.values(precedence)
      .flat()
      .find((name) => !names.includes(name));
    if (unknown !== undefined)
      refuse(`The precedence of ${kind.name} names "${unknown}", which is none of its providers.`);
    for (const [type, target] of Object.entries(kind.relations)) {
      if (!importers.has(target.name))
        refuse(`The relation "${type}" of ${kind.name} leads to ${target.name}, which no pack has.`);
    }
  }
  return {
    kinds: [...importers.values()].map((importer) => importer.kind),
    importer(kind) {
      const found = importers.get(kind);
      if (found) return found;
      throw new AccessionError(
        "kind-unknown",
        `No kind is named "${kind}". Known: ${[...importers.keys()].join(", ") || "none"}.`,
      );
    },
    scheme: (name) => schemes.get(name),
  };
}

/**
 * The providers of an importer with these names, in the importer's order.
 *
 * @throws AccessionError `provider-unknown`, listing the known ones.
 */
export function providersNamed(importer: Importer, names: readonly string[]): readonly Provider[] {
  const known = importer.providers.map((provider) => provider.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new AccessionError(
      "provider-unknown",
      `${importer.kind.name} has no provider "${unknown}". Known: ${known.join(", ")}.`,
    );
  }
  return importer.providers.filter((provider) => names.includes(provider.name));
}

/** What the sources of all providers are asked with, and nobody may read. */
export function secretsOf(registry: Registry): readonly (string | undefined)[] {
  const providers = registry.kinds.flatMap((kind) => registry.importer(kind.name).providers);
  return [...new Set(providers.map(({ source }) => source))].flatMap((source) => source?.secrets ?? []);
}

/** Of identifiers, those that name one item in the whole catalogue. */
export function identitiesAmong<One extends Identifier>(
  registry: Registry,
  identifiers: readonly One[],
): readonly One[] {
  return identifiers.filter((one) => registry.scheme(one.scheme)?.uniqueness === "identity");
}

/** Who is believed about a field, first to last; whoever is not listed comes after, in alphabetical order. */
export function believed(importer: Importer, field?: string): readonly string[] {
  const first = field === undefined ? [] : (importer.precedence[field] ?? []);
  return [...new Set([person, ...first, ...importer.providers.map((provider) => provider.name)])];
}
