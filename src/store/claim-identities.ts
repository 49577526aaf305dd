import { sql } from "kysely";
import { z } from "zod";
import { itemId } from "../engine/item.ts";
import { type Identifier, identifierText } from "../engine/scheme.ts";
import type { Claim, Owner } from "../engine/store.ts";
import type { Executor } from "./item-queries.ts";

const ownerRow = z
  .object({
    scheme: z.string(),
    value: z.string(),
    item_id: itemId,
    kind: z.string().nullable(),
    title: z.string().nullable(),
  })
  .transform(({ scheme, value, item_id, kind, title }): Owner => ({
    scheme,
    value,
    itemId: item_id,
    ...(kind !== null && title !== null && { summary: { id: item_id, kind, title } }),
  }));

/**
 * Gives each identity to its claimant unless an item has it already: the function `claim_identities` of the migrations.
 *
 * @param expected whether the identities are likely to be free; either is exact, and takes less where it is so.
 */
export async function claimIdentities(
  executor: Executor,
  schema: string,
  claims: readonly Claim[],
  expected: "free" | "taken",
): Promise<readonly Owner[]> {
  // Of two claims of one identity, the first counts.
  const wanted = new Map(claims.toReversed().map((claim) => [identifierText(claim), claim]));
  const ids = [...new Set(claims.map((claim) => claim.itemId))];
  // Nothing is said of those that were granted, as nearly all are where many are claimed.
  const { rows } = await sql`
    select * from ${sql.table(`${schema}.claim_identities`)}(
      ${JSON.stringify([...wanted.values()])}::jsonb, ${expected === "free"})
    where kind is not null or item_id <> all(${ids}::uuid[])`.execute(executor);
  const taken = readOwners(rows);
  return [...wanted].map(([key, { scheme, value, itemId: id }]) => taken.get(key) ?? { scheme, value, itemId: id });
}

/** Who has identities already, of those that somebody has: the function `identity_owners` of the migrations. */
export async function identityOwners(
  executor: Executor,
  schema: string,
  identities: readonly Identifier[],
): Promise<ReadonlyMap<string, Owner>> {
  const wanted = identities.map(({ scheme, value }) => ({ scheme, value }));
  const { rows } = await sql`
    select * from ${sql.table(`${schema}.identity_owners`)}(${JSON.stringify(wanted)}::jsonb)`.execute(executor);
  return readOwners(rows);
}

/** Owners, by the identity that each has. */
function readOwners(rows: readonly unknown[]): ReadonlyMap<string, Owner> {
  return new Map(rows.map((row) => ownerRow.parse(row)).map((owner) => [identifierText(owner), owner]));
}
