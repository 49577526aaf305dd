import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { type ItemSummary, itemId } from "../engine/item.ts";
import type { Executor } from "./item-queries.ts";
import { readSummaries } from "./item-rows.ts";
import { canBeMisspelled, farness, rangeOf, variantsOf } from "./misspelled.ts";
import {
  namedQuery,
  namesMeet,
  readSearchedName,
  type SearchedName,
  typedQuery,
  variantsQuery,
} from "./search-words.ts";

/** Which items are searched, and how many are wanted. */
export interface ItemSearch {
  readonly kind?: string | undefined;
  readonly limit: number;
}

/** Where the search looks. */
interface Place {
  readonly executor: Executor;
  readonly table: (name: string) => RawBuilder<unknown>;
  readonly schema: string;
  /** Whether an item of the alias `i` is one of those. */
  readonly wanted: RawBuilder<unknown>;
}

/** Items that are looked at beyond those wanted, to find the best among them: a common word must not cost seconds. */
const looked = 300;
/** Among names that are equally far from what was typed, a title comes before an alias. */
const aliasBehind = 0.05;
const likeWords = z.object({ typed: z.string(), words: z.string().nullable() });
const likeItem = z.object({ id: itemId, kind: z.string(), title: z.string(), name_keys: z.array(z.string()) });

/**
 * Items with a name like the text, best first: those of exactly this name, then those that begin with it, in both titles
 * before aliases; those that have all its words, or words beginning so, in any order; then, where that is not enough, those whose words
 * differ in a letter or two. Among equals the shortest title comes first. Everything for the empty text.
 *
 * One statement, and two more where fewer were found as typed than are wanted.
 */
export async function searchItems(
  executor: Executor,
  schema: string,
  text: string,
  { kind, limit }: ItemSearch,
): Promise<readonly ItemSummary[]> {
  const place: Place = {
    executor,
    schema,
    table: (name) => sql.table(`${schema}.${name}`),
    wanted: sql`i.merged_into is null and ${kind === undefined ? sql`true` : sql`i.kind = ${kind}`}`,
  };
  if (text.trim() === "") return everything(place, limit);
  const name = readSearchedName(text);
  if (!name) return [];
  const typed = await asTyped(place, name, limit);
  if (typed.length >= limit) return typed;
  const found = new Set(typed.map((item) => item.id));
  const similar = (await misspelled(place, name, limit)).filter((item) => !found.has(item.id));
  return [...typed, ...similar].slice(0, limit);
}

async function everything({ executor, table, wanted }: Place, limit: number): Promise<readonly ItemSummary[]> {
  const query = sql`select i.id, i.kind, i.title from ${table("item")} i where ${wanted} order by i.id limit ${limit}`;
  return readSummaries((await query.execute(executor)).rows);
}

async function asTyped(place: Place, name: SearchedName, limit: number): Promise<readonly ItemSummary[]> {
  const { executor, schema, table, wanted } = place;
  const keys = sql`${[...name.keys]}::text[]`;
  const title = sql`(coalesce(left(i.name_keys[1], 80), '') collate "C")`;
  // All that ranking takes, so that no item has to be looked up a second time.
  const found = sql`select i.id, i.kind, i.title, i.name_keys from ${table("item")} i where ${wanted}`;
  const begun = name.beginnings.map(
    (key) => sql`(${found} and ${title} >= ${key} and ${title} < ${`${key}\u{10FFFF}`}
      order by ${title}, i.id limit ${limit})`,
  );
  const query = sql`
    with named as (
      (${found} and ${namesMeet(schema, "i", namedQuery(name.keys))} and i.name_keys && ${keys} limit ${limit + looked})
      union all ${sql.join(begun, sql` union all `)}
      union all (${found} and ${namesMeet(schema, "i", typedQuery(name))} limit ${limit + looked})
    )
    select i.id, i.kind, i.title from (select distinct on (id) * from named) i, lateral (
      select case
        when i.name_keys[1] = any(${keys}) then 0
        when i.name_keys && ${keys} then 1
        when i.name_keys[1] ^@ any(${keys}) then 2
        when cardinality(i.name_keys) > 1
          and exists (select from unnest(i.name_keys) k where k ^@ any(${keys})) then 3
        else 4
      end as rank) ranked
    order by rank, length(i.title), i.title collate "C", i.id
    limit ${limit}`;
  return readSummaries((await query.execute(executor)).rows);
}

async function misspelled(place: Place, name: SearchedName, limit: number): Promise<readonly ItemSummary[]> {
  const { executor, schema, table, wanted } = place;
  const typed = name.words.filter(canBeMisspelled);
  if (typed.length === 0) return [];
  const words = await wordsLike(place, typed);
  const variants = typed.map((word) => variantsOf(word, words.get(word) ?? []));
  if (variants.some((one) => one.length === 0)) return [];
  const query = sql`
    select i.id, i.kind, i.title, i.name_keys from ${table("item")} i
    where ${namesMeet(schema, "i", variantsQuery(variants))} and ${wanted}
    limit ${limit + looked}`;
  return (await query.execute(executor)).rows
    .map((row) => likeItem.parse(row))
    .map(({ name_keys: [title = "", ...aliases], ...item }) => ({
      item,
      far: Math.min(farness(name.words, title), ...aliases.map((alias) => farness(name.words, alias) + aliasBehind)),
    }))
    .toSorted(
      (left, right) =>
        left.far - right.far ||
        left.item.title.length - right.item.title.length ||
        (left.item.title < right.item.title ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ item }) => item);
}

/** For each typed word, the words of the catalogue that begin or end like it. */
async function wordsLike({ executor, table }: Place, typed: readonly string[]): Promise<Map<string, string[]>> {
  const ranges = typed.map((word) => {
    const { beginning, end, shortest, longest } = rangeOf(word);
    const within = sql`length(w.word) between ${shortest} and ${longest}`;
    return sql`select ${word}::text as typed, (select string_agg(distinct word, ' ') from (
      (select w.word from ${table("name_word")} w
        where w.word >= ${beginning} and w.word < ${`${beginning}\u{10FFFF}`} and ${within})
      union all (select w.word from ${table("name_word")} w
        where (reverse(w.word) collate "C") >= ${end} and (reverse(w.word) collate "C") < ${`${end}\u{10FFFF}`}
          and ${within})
    ) w) as words`;
  });
  const { rows } = await sql
    .join(ranges, sql` union all `)
    .$castTo<unknown>()
    .execute(executor);
  return new Map(
    rows.map((row) => likeWords.parse(row)).map((row) => [row.typed, row.words === null ? [] : row.words.split(" ")]),
  );
}
