import type { ItemId } from "../engine/item.ts";
import { identifierText } from "../engine/scheme.ts";
import type { Claim, Owner, StoreTransaction } from "../engine/store.ts";
import type { IdentifierRow } from "../engine/save-rows.ts";
import { claimIdentities, identityOwners } from "./claim-identities.ts";
import type { Executor } from "./item-queries.ts";
import { reassignClaims, removeClaims } from "./item-writes.ts";

/** Claims that are likely to be free from which on they are written with the rows of their items, by COPY. */
const fewestReserved = 100;

/** The identities that one transaction claims, some of them written with its rows only. */
export interface TransactionClaims extends Pick<StoreTransaction, "claim" | "reassign" | "unclaim"> {
  /** The rows of the identities that are taken to be free and yet to be written; they are its to write from now on. */
  readonly take: () => readonly IdentifierRow[];
}

/**
 * Starts with no claim.
 *
 * @param reserves whether claims may be answered without writing them: many by looking, `absent` ones at once. Where two
 * transactions then claim one identity, the unique index refuses the rows of the later one, which has to run again: false
 * then, when every claim is written at once, and waits for whoever else claims the same.
 */
export function createTransactionClaims(executor: Executor, schema: string, reserves: boolean): TransactionClaims {
  const reserved = new Map<string, Claim>();
  /** Of whom a claim stands in the table. */
  const written = new Set<ItemId>();

  function reserve(claims: readonly Claim[], taken: ReadonlyMap<string, Owner>): readonly Owner[] {
    return claims.map((claim): Owner => {
      const key = identifierText(claim);
      const owner = taken.get(key);
      if (owner) return owner;
      // Of two claims of one identity, the first counts.
      const first = reserved.get(key) ?? claim;
      reserved.set(key, first);
      return { scheme: claim.scheme, value: claim.value, itemId: first.itemId };
    });
  }
  return {
    async claim(claims, expected) {
      if (claims.length === 0) return [];
      if (reserves && expected === "absent") return reserve(claims, new Map());
      if (reserves && expected === "free" && claims.length >= fewestReserved)
        return reserve(claims, await identityOwners(executor, schema, claims));
      for (const { itemId } of claims) written.add(itemId);
      return claimIdentities(executor, schema, claims, expected === "taken" ? "taken" : "free");
    },
    async reassign(moves) {
      const led = new Map(moves.map(({ from, to }) => [from, to]));
      for (const [key, claim] of reserved) {
        const to = led.get(claim.itemId);
        if (to !== undefined) reserved.set(key, { ...claim, itemId: to });
      }
      await reassignClaims(executor, schema, moves);
    },
    async unclaim(ids) {
      const given = new Set(ids);
      for (const [key, { itemId }] of reserved) if (given.has(itemId)) reserved.delete(key);
      await removeClaims(
        executor,
        schema,
        ids.filter((id) => written.has(id)),
      );
    },
    take() {
      const rows = [...reserved.values()].map((claim): IdentifierRow => ({ ...claim, identity: true }));
      reserved.clear();
      return rows;
    },
  };
}
