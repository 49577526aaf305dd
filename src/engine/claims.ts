import type { Engine } from "./engine.ts";
import type { ItemId } from "./item.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import type { Claim, Expected, Owner, StoreTransaction } from "./store.ts";

/** The identities that one transaction claims, for the items that it saves and for those that these relate to. */
export interface Claims {
  /**
   * The id of the item that has one of these identities, as far as this transaction names it; else a new one. Items that were
   * told apart so far, and have one of these identities each, are one from then on.
   */
  idFor(identities: readonly Identifier[]): ItemId;
  /** Claims what was not claimed before; one statement at most, two where it was expected otherwise, none of what is absent. */
  claim(wanted: readonly Claim[], expected: Expected): Promise<void>;
  /** Whose an identity is, once it was claimed. */
  owner(identity: Identifier): Owner | undefined;
  /** Hands over what was claimed under an id whose item turned out to exist under another. */
  move(from: ItemId, to: ItemId): void;
  /** Carries out the moves. */
  carryOut(): Promise<void>;
  /** Gives up what was claimed for items that are not made after all. @param made those that are. */
  giveUp(made: ReadonlySet<ItemId>): Promise<void>;
}

/** Starts with no claim. */
export function createClaims(engine: Engine, transaction: StoreTransaction): Claims {
  const ids = new Map<string, ItemId>();
  const owners = new Map<string, Owner>();
  const moves = new Map<ItemId, ItemId>();
  /** Ids that nobody had before this transaction, with something claimed. */
  const granted = new Set<ItemId>();

  async function carryOut(): Promise<void> {
    if (moves.size === 0) return;
    const led = new Map(moves);
    moves.clear();
    for (const from of led.keys()) granted.delete(from);
    const summaries = new Map([...owners.values()].flatMap(({ summary }) => (summary ? [[summary.id, summary]] : [])));
    for (const [key, owner] of owners) {
      const to = led.get(owner.itemId);
      if (to !== undefined) owners.set(key, { ...owner, itemId: to, summary: summaries.get(to) });
    }
    await transaction.reassign([...led].map(([from, to]) => ({ from, to, found: summaries.has(to) })));
  }
  return {
    idFor(identities) {
      const keys = identities.map(identifierText);
      const known = new Set(keys.flatMap((key) => ids.get(key) ?? []));
      const [id = engine.newItemId()] = known;
      if (known.size > 1) for (const [key, other] of ids) if (known.has(other)) ids.set(key, id);
      for (const key of keys) ids.set(key, id);
      return id;
    },
    async claim(wanted, expected) {
      const unclaimed = wanted.filter((one) => !owners.has(identifierText(one)));
      const wantedIds = new Set(unclaimed.map((one) => one.itemId));
      for (const owner of await transaction.claim(unclaimed, expected)) {
        owners.set(identifierText(owner), owner);
        if (owner.summary === undefined && wantedIds.has(owner.itemId)) granted.add(owner.itemId);
      }
    },
    owner: (identity) => owners.get(identifierText(identity)),
    move(from, to) {
      if (granted.has(from)) moves.set(from, to);
    },
    carryOut,
    async giveUp(made) {
      await carryOut();
      await transaction.unclaim([...granted].filter((id) => !made.has(id)));
    },
  };
}
