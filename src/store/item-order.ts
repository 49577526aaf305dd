import { type RawBuilder, sql } from "kysely";
import type { ItemId } from "../engine/item.ts";
import type { AttributeOrder, ItemOrder } from "../engine/store.ts";

/** An order of the items of the alias `i`, as a statement says it. */
export interface Ordered {
  /** What the other parts name besides `i`. */
  readonly joined: RawBuilder<unknown>;
  readonly orderBy: RawBuilder<unknown>;
  /** Whether an item comes after the one that the page before ended with. */
  readonly beyond: RawBuilder<unknown>;
}

/** @param item the table of items. @param after the item that the page before ended with; undefined for the first page. */
export function orderOf(order: ItemOrder, item: RawBuilder<unknown>, after: ItemId | undefined): Ordered {
  if (order === "created") {
    const beyond = after === undefined ? sql`true` : sql`i.id > ${after}::uuid`;
    return { joined: sql``, orderBy: sql`i.id`, beyond };
  }
  if (order !== "title") return orderByAttribute(order, item, after);
  // Two values rather than a row of a subquery, which no index could be searched for.
  const last = sql`(select ${titleKey("a")} from ${item} a where a.id = ${after}::uuid), ${after}::uuid`;
  return {
    joined: sql``,
    orderBy: sql`${titleKey("i")}, i.id`,
    beyond: after === undefined ? sql`true` : sql`(${titleKey("i")}, i.id) > (${last})`,
  };
}

/** Written as the index of titles has it. */
function titleKey(alias: string): RawBuilder<unknown> {
  return sql`(coalesce(left(${sql.ref(`${alias}.name_keys`)}[1], 80), '') collate "C")`;
}

/**
 * Numbers by what they are worth, then texts, in whatever letters; of a list, its first value. Items without one come last,
 * whether the least or the greatest is first. There is no index for this: each page looks at all items of the kind.
 */
function orderByAttribute(
  { attribute, descending = false }: AttributeOrder,
  item: RawBuilder<unknown>,
  after: ItemId | undefined,
): Ordered {
  const keys = (alias: string): RawBuilder<unknown> => sql`(
    select case coalesce(jsonb_typeof(v), 'null') when 'number' then 0 when 'null' then 2 else 1 end as sort,
      case jsonb_typeof(v) when 'number' then (v #>> '{}')::numeric else 0 end as number,
      case jsonb_typeof(v) when 'number' then '' else coalesce(lower((v #>> '{}') collate "C"), '') end as text
    from (select ${sql.ref(`${alias}.attributes`)} -> ${attribute}::text as said) as one,
      lateral (select case jsonb_typeof(said) when 'array' then said -> 0 else said end as v) as first
  )`;
  const [direction, further] = descending ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`];
  const last = sql`cross join (
    select k.* from ${item} a, lateral ${keys("a")} as k where a.id = ${after}::uuid
  ) as l`;
  return {
    joined: sql`cross join lateral ${keys("i")} as k ${after === undefined ? sql`` : last}`,
    orderBy: sql`k.sort, k.number ${direction}, k.text ${direction}, i.id`,
    beyond:
      after === undefined
        ? sql`true`
        : sql`(k.sort > l.sort or k.sort = l.sort and ((k.number, k.text) ${further} (l.number, l.text)
            or k.number = l.number and k.text = l.text and i.id > ${after}::uuid))`,
  };
}
