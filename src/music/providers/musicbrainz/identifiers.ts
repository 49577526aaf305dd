import type { Identifier } from "../../../engine/scheme.ts";

/** The MBIDs of an entity: its own, and the one that was asked for where the two were merged. */
export function mbids<Scheme extends string>(scheme: Scheme, id: string, askedId: string): Identifier<Scheme>[] {
  return identifiersOf(scheme, id === askedId ? [id] : [id, askedId]);
}

/** What some source gave as identifiers of one scheme, as it gave them: the engine knows which of them are any. */
export function identifiersOf<Scheme extends string>(
  scheme: Scheme,
  values: readonly (string | undefined)[],
): Identifier<Scheme>[] {
  return values.flatMap((value) => (value === undefined ? [] : [{ scheme, value }]));
}
