import { type RawBuilder, sql } from "kysely";
import type { ListingOrder, ListingPlace } from "../engine/item-listing.ts";

/** An order of the items of the alias `i`, as a statement says it. */
export interface SqlOrder {
  /** What the other parts name besides `i`. */
  readonly joined: RawBuilder<unknown>;
  /** What an item is sorted by besides its id, as texts: with that, its place. */
  readonly keys: RawBuilder<unknown>;
  readonly orderBy: RawBuilder<unknown>;
  /** Whether an item comes after a place. */
  readonly beyond: (place: ListingPlace) => RawBuilder<unknown>;
}

/** How a statement sorts items. */
export function sqlOrderOf(order: ListingOrder): SqlOrder {
  switch (order.by) {
    case "created":
      return {
        joined: sql``,
        keys: sql`array[]::text[]`,
        orderBy: sql`i.id`,
        beyond: ({ id }) => sql`i.id > ${id}::uuid`,
      };
    case "title": {
      const { direction, further } = directionOf(order.descending);
      // As rows of two values, for which the index of titles is searched; so that it can be, both go in one direction.
      return {
        joined: sql``,
        keys: sql`array[${titleKey}]`,
        orderBy: sql`${titleKey} ${direction}, i.id ${direction}`,
        beyond: ({ id, keys: [title] }) => sql`(${titleKey}, i.id) ${further} (${title}::text, ${id}::uuid)`,
      };
    }
    case "attribute":
      return orderByAttribute(order.attribute, order.descending);
  }
}

function directionOf(descending: boolean): Readonly<Record<"direction" | "further", RawBuilder<unknown>>> {
  return descending ? { direction: sql`desc`, further: sql`<` } : { direction: sql`asc`, further: sql`>` };
}

/** Written as the index of titles has it. */
const titleKey = sql`(coalesce(left(i.name_keys[1], 80), '') collate "C")`;

/**
 * Numbers first, then texts by code point, A to Z as a to z; of a list, its first value. Items without one come last, whether
 * the least or the greatest is first. There is no index for this: each page looks at all items of the kind.
 */
function orderByAttribute(attribute: string, descending: boolean): SqlOrder {
  const { direction, further } = directionOf(descending);
  return {
    joined: sql`cross join lateral (
      select case coalesce(jsonb_typeof(v), 'null') when 'number' then 0 when 'null' then 2 else 1 end as sort,
        case jsonb_typeof(v) when 'number' then (v #>> '{}')::numeric else 0 end as number,
        case jsonb_typeof(v) when 'number' then '' else coalesce(lower((v #>> '{}') collate "C"), '') end as text
      from (select i.attributes -> ${attribute}::text as said) as one,
        lateral (select case jsonb_typeof(said) when 'array' then said -> 0 else said end as v) as first
    ) as k`,
    keys: sql`array[k.sort::text, k.number::text, k.text]`,
    orderBy: sql`k.sort, k.number ${direction}, k.text ${direction}, i.id`,
    beyond: ({ id, keys: [sort, number, text] }) => sql`(k.sort > ${sort}::integer or k.sort = ${sort}::integer and (
      (k.number, k.text) ${further} (${number}::numeric, ${text}::text)
      or k.number = ${number}::numeric and k.text = ${text}::text and i.id > ${id}::uuid))`,
  };
}
