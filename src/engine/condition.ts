import type { Category } from "./contribution.ts";
import { AccessionError } from "./errors.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Kind } from "./kind.ts";
import { normaliseName } from "./normalise.ts";

const operators = ["!=", ">=", "<=", "=", ">", "<", "~"] as const;

/** How a value is compared; `~`: its text contains the other, however it is spelled. */
export type Operator = (typeof operators)[number];

/** One condition on what is known of an item. */
export interface Condition {
  readonly about: "attribute" | "category";
  /** The name of an attribute of the kind, or of a type of its categories. */
  readonly field: string;
  readonly operator: Operator;
  /**
   * As people type it; empty for an attribute that is absent, an empty list, no category of the type. Of a category the
   * normalised name: two spellings of it are one category.
   */
  readonly value: string;
}

/** What conditions look at of an item. */
export interface Described {
  readonly attributes: JsonObject;
  readonly categories: readonly Pick<Category, "type" | "name">[];
}

/**
 * Reads conditions as people type them: `country=GB`, `begin>=1965`, `secondaryTypes=` (has none), `title~moon`,
 * `genre=art rock`. All have to hold.
 *
 * @throws AccessionError `query-invalid` for what is no condition, names neither an attribute of the kind nor a type of
 * category that it declares, or asks whether an attribute is what it can never be.
 * @example readConditions(album, ["primaryType=album", "firstReleaseDate<1980"]);
 */
export function readConditions(kind: Kind, texts: readonly string[]): readonly Condition[] {
  return texts.map((text) => {
    const { field, operator, value } = conditionParts(text);
    const attribute = attributeNamed(kind, field);
    if (attribute !== undefined) {
      const isWhole = (operator === "=" || operator === "!=") && value !== "";
      const compared = isWhole ? possibleValue(kind, attribute, value) : value;
      return { about: "attribute", field: attribute, operator, value: compared };
    }
    if (kind.categories.includes(field)) {
      return { about: "category", field, operator, value: normaliseName(value) || value };
    }
    if (Object.hasOwn(kind.relations, field)) {
      throw new AccessionError(
        "query-invalid",
        `"${field}" is a relation of items of the catalogue; what a source says of a ${kind.name} cannot be told by it.`,
      );
    }
    const fields = [...Object.keys(kind.fields), ...kind.categories].join(", ");
    const relations = Object.keys(kind.relations).join(", ");
    throw new AccessionError(
      "query-invalid",
      `A ${kind.name} has no attribute or category "${field.slice(0, 100)}"; it has ${fields}${relations && `, and in lists ${relations}`}.`,
    );
  });
}

/** What a condition is made of, as people type it: a name, how it is compared, and with what. */
export interface ConditionParts {
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

/** Takes a condition apart. @throws AccessionError `query-invalid` for what is none. */
export function conditionParts(text: string): ConditionParts {
  const [, field = "", operator, value = ""] = /^\s*(\w+)\s*(!=|>=|<=|=|>|<|~)\s*(.*?)\s*$/s.exec(text) ?? [];
  const known = operators.find((one) => one === operator);
  if (known) return { field, operator: known, value };
  throw new AccessionError("query-invalid", `"${text.slice(0, 100)}" is no condition, such as country=GB.`);
}

/** The attribute of a kind that goes by a name, among them `title`, whatever the kind calls it; undefined where none does. */
export function attributeNamed({ fields, title }: Kind, name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  return name === "title" ? title : undefined;
}

/**
 * A value as the attribute spells it, in upper or lower case. One of another type, such as a text for a number, is left as it
 * is: nothing equals it.
 *
 * @throws AccessionError `query-invalid` for a text that is none of those that the attribute can be.
 */
function possibleValue(kind: Kind, attribute: string, value: string): string {
  const schema = kind.fields[attribute];
  if (!schema) return value;
  const allows = (one: string): boolean => schema.safeParse(one).success || schema.safeParse([one]).success;
  const spelled = [value, value.toLowerCase(), value.toUpperCase()].find(allows);
  if (spelled !== undefined) return spelled;
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue === undefined || issue.code === "invalid_type" || issue.code === "invalid_union") return value;
  const why = `The ${attribute} of a ${kind.name} is never "${value.slice(0, 100)}"`;
  throw new AccessionError("query-invalid", `${why}: ${issue.message}.`);
}

/**
 * Whether an item meets all conditions. A list, and the categories of a type, meet one where any of them does, and `!=` where
 * none is equal. Dates are compared as far as the value says: `begin=1965` holds for 1965-07. Numbers are compared as numbers.
 */
export function meets(described: Described, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(valuesOf(described, condition), condition));
}

function valuesOf({ attributes, categories }: Described, { about, field }: Condition): readonly string[] {
  switch (about) {
    case "attribute":
      return textsOf(attributes[field]);
    case "category":
      return categories.filter(({ type }) => type === field).map(({ name }) => normaliseName(name));
  }
}

function holds(values: readonly string[], { operator, value }: Condition): boolean {
  switch (operator) {
    case "=":
      return value === "" ? values.length === 0 : values.some((one) => same(one, value));
    case "!=":
      return value === "" ? values.length > 0 : !values.some((one) => same(one, value));
    case "~":
      return values.some((one) => normaliseName(one).includes(normaliseName(value)));
    case ">":
    case ">=":
    case "<":
    case "<=":
      return values.some((one) => ordered(one, operator, value));
  }
}

function textsOf(attribute: JsonValue | undefined): string[] {
  if (attribute === undefined || attribute === null) return [];
  if (Array.isArray(attribute)) return attribute.flatMap((one: JsonValue) => textsOf(one));
  return [typeof attribute === "object" ? JSON.stringify(attribute) : String(attribute)];
}

function same(text: string, value: string): boolean {
  return text === value || (isDate(text) && isDate(value) && text.startsWith(`${value}-`));
}

function ordered(text: string, operator: ">" | ">=" | "<" | "<=", value: string): boolean {
  const isNumeric = isNumber(text) && isNumber(value) && !(isDate(text) && isDate(value));
  const [left, right] = isNumeric ? [Number(text), Number(value)] : [text.slice(0, Math.max(value.length, 4)), value];
  switch (operator) {
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}(-\d\d){0,2}$/.test(text);
}

function isNumber(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}
