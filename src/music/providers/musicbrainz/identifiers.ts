import type { Identifier, IdentifierScheme } from "../../../engine/scheme.ts";

/** The identifiers in their one spelling, each once and in their order, without the malformed. */
export function validIdentifiers<Scheme extends string>(
  schemes: readonly IdentifierScheme<Scheme>[],
  identifiers: readonly Identifier<Scheme>[],
): Identifier<Scheme>[] {
  const valid = new Map<string, Identifier<Scheme>>();
  for (const { scheme, value } of identifiers) {
    const parsed = schemes.find((one) => one.name === scheme)?.parse(value);
    if (parsed !== undefined) valid.set(`${scheme}:${parsed}`, { scheme, value: parsed });
  }
  return [...valid.values()];
}
