import type { Item } from "../../../engine/item.ts";
import { visibleText } from "./plain-text.ts";

/** One thing that is known of an item, as it is given to a model. */
export interface Fact {
  /** `f1`, `f2` and so on, by which a sentence refers to it. */
  readonly id: string;
  /** What it is about: `begin area`, `genre`. */
  readonly about: string;
  readonly value: string;
}

// Names for looking up and sorting say nothing of the thing itself; a description must not feed on itself.
const unsaid = new Set(["description", "aliases", "sortName"]);
/** Anybody may tag anything with anything. */
const untold = new Set(["tag"]);
const limits = { values: 10, length: 200 };

/**
 * What an item's own attributes, categories and relations say, its title first. Values are cut to 200 characters and lists
 * to 10 values, the first ones; tags, aliases, links and identifiers are left out.
 */
export function factsOf(item: Item): readonly Fact[] {
  const attributes = Object.entries(item.attributes).flatMap(([field, value]) =>
    unsaid.has(field) ? [] : valuesOf(value).map((one) => [wordsOf(field), one] as const),
  );
  const categories = [...Map.groupBy(item.categories, (one) => one.type)].flatMap(([type, members]) =>
    untold.has(type) ? [] : members.slice(0, limits.values).map((one) => [type, one.name] as const),
  );
  const relations = [...Map.groupBy(item.relations, (one) => one.type)].flatMap(([type, members]) =>
    members.slice(0, limits.values).map((one) => [type, one.item.title] as const),
  );
  const [title, others] = [item.title, [...attributes, ...categories, ...relations]];
  const said = others.filter(([about, value]) => !(isTitle(about) && value === title));
  const shown = [["name", title] as const, ...said].map(
    ([about, value]) => [visibleText(about), visibleText(value).slice(0, limits.length).toWellFormed()] as const,
  );
  const known = shown.filter(([, value]) => value !== "");
  return known.map(([about, value], index) => ({ id: `f${index + 1}`, about, value }));
}

function isTitle(about: string): boolean {
  return about === "name" || about === "title";
}

function valuesOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  return Array.isArray(value) ? value.slice(0, limits.values).filter((one) => typeof one === "string") : [];
}

/** `beginArea` as `begin area`. */
function wordsOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
