import { sql } from "kysely";
import { z } from "zod";
import { type ItemId, itemId } from "../engine/item.ts";
import type { Executor } from "./item-queries.ts";

const lockedRow = z.object({ id: itemId, merged_into: itemId.nullable() });

/**
 * Locks items against other saves until the end of the transaction, in the order of their ids, so that two saves of the
 * same items wait for each other rather than deadlock. Gives the item that each id leads to; unknown ids are left out.
 */
export async function lockItems(
  executor: Executor,
  schema: string,
  ids: readonly ItemId[],
): Promise<ReadonlyMap<ItemId, ItemId>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql`
    select id, merged_into from ${sql.table(`${schema}.item`)} where id = any(${[...ids]}::uuid[])
    order by id for no key update`.execute(executor);
  const locked = rows.map((row) => lockedRow.parse(row));
  const targets = locked.flatMap((row) => row.merged_into ?? []);
  const led = await lockItems(executor, schema, targets);
  return new Map(
    locked.flatMap(({ id, merged_into }): [ItemId, ItemId][] => {
      const target = merged_into === null ? id : led.get(merged_into);
      return target === undefined ? [] : [[id, target]];
    }),
  );
}
