import * as fc from "fast-check";
import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import type { Described } from "../../src/engine/condition.ts";
import { normaliseName } from "../../src/engine/normalise.ts";
import type { Catalog, JsonObject } from "../../src/index.ts";

/** A plant as it stands in the database. */
export interface StoredPlant {
  readonly attributes: JsonObject;
  /** The names of its habitats. */
  readonly habitats?: readonly string[];
}

/** Stores plants past the engine, which would not take some of these attributes; gives their ids. */
export async function store(catalog: Catalog, plants: readonly StoredPlant[]): Promise<readonly string[]> {
  const rows = plants.map((one) => ({
    id: uuid(),
    attributes: one.attributes,
    title: titleOf(one.attributes),
    categories: describedOf(one).categories.map(({ type, name }) => ({
      type,
      key: normaliseName(name),
      name,
      provider: "flora",
    })),
  }));
  await sql`insert into accession.item (id, kind, title, attributes, categories, name_keys)
    select id, 'flora.plant', title, attributes, categories, array[lower(title)]
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, attributes jsonb, categories jsonb, title text)`.execute(catalog.kysely);
  return rows.map(({ id }) => id);
}

/** A plant as conditions look at it, beside its habitats a category that has a name of them and is of another type. */
export function describedOf({ attributes, habitats = [] }: StoredPlant): Described {
  const categories = habitats.map((name) => ({ type: "habitat", name }));
  return { attributes, categories: [...categories, { type: "use", name: "Bog" }] };
}

function titleOf(attributes: JsonObject): string {
  return typeof attributes["name"] === "string" ? attributes["name"] : "";
}

/** The titles of a listing. */
export async function titles(listing: AsyncIterable<{ readonly title: string }>): Promise<readonly string[]> {
  return (await Array.fromAsync(listing)).map(({ title }) => title);
}

/** Plants of all sorts, in the order in which they are made. */
export const rows: readonly StoredPlant[] = [
  {
    attributes: { name: "Oak", family: "Fagaceae", height: 12.5, evergreen: false, alsoCalled: ["Quercus", "Robur"] },
    habitats: ["Rain-Forest", "Été"],
  },
  { attributes: { name: "Holm Oak", family: "Fagaceae", height: 9, evergreen: true }, habitats: ["rain forest"] },
  { attributes: { name: "Ash", family: "Oleaceae", height: 100, alsoCalled: [] } },
  { attributes: { name: "Água", family: "1965-07", alsoCalled: ["2", "1965", "1965-07-03"] }, habitats: ["1965-07"] },
  { attributes: { name: "moss", family: null, height: -1 }, habitats: [] },
];

/** A text that a database can hold. */
export const anyText = fc.oneof(
  fc.constantFrom(
    ...(["", "1965", "1965-07", "1965-07-03", "12", "12.5", "007", "Rose", "rosé", "a\nb", "👩‍👩‍👧", "￿"] as const),
  ),
  fc.string({ unit: "grapheme", maxLength: 8 }).filter((text) => !text.includes("\0") && text.isWellFormed()),
);
