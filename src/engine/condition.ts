import { AccessionError } from "./errors.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import type { Kind } from "./kind.ts";
import { normaliseName } from "./normalise.ts";

const operators = ["!=", ">=", "<=", "=", ">", "<", "~"] as const;

/** How an attribute is compared; `~`: its text contains the value, however it is spelled. */
export type Operator = (typeof operators)[number];

/** One condition on an item's attributes. */
export interface Condition {
  /** The name of an attribute of the kind. */
  readonly field: string;
  readonly operator: Operator;
  /** As people type it; empty for an attribute that is absent, or an empty list. */
  readonly value: string;
}

/**
 * Reads conditions as people type them: `country=GB`, `begin>=1965`, `secondaryTypes=` (has none), `title~moon`. All have
 * to hold.
 *
 * @throws AccessionError `query-invalid` for what is no condition, or names no attribute of the kind.
 * @example readConditions(album, ["primaryType=album", "firstReleaseDate<1980"]);
 */
export function readConditions(kind: Kind, texts: readonly string[]): readonly Condition[] {
  return texts.map((text) => {
    const [, field = "", operator, value = ""] = /^\s*(\w+)\s*(!=|>=|<=|=|>|<|~)\s*(.*?)\s*$/s.exec(text) ?? [];
    const known = operators.find((one) => one === operator);
    if (!known) {
      throw new AccessionError("query-invalid", `"${text.slice(0, 100)}" is no condition, such as country=GB.`);
    }
    if (!Object.hasOwn(kind.fields, field)) {
      const fields = Object.keys(kind.fields).join(", ");
      throw new AccessionError("query-invalid", `A ${kind.name} has no attribute "${field}"; it has ${fields}.`);
    }
    return { field, operator: known, value };
  });
}

/**
 * Whether attributes meet all conditions. A list meets one where any of its elements does, and `!=` where none is equal.
 * Dates are compared as far as the value says: `begin=1965` holds for 1965-07. Numbers are compared as numbers.
 */
export function meets(attributes: JsonObject, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => holds(attributes[condition.field], condition));
}

function holds(attribute: JsonValue | undefined, { operator, value }: Condition): boolean {
  const values = textsOf(attribute);
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
