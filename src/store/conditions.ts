import { type RawBuilder, sql } from "kysely";
import type { Condition } from "../engine/condition.ts";
import type { RelatedCondition } from "../engine/list-condition.ts";
import { normaliseName } from "../engine/normalise.ts";

const date = "^[0-9]{4}(-[0-9]{2}){0,2}$";
const number = "^-?[0-9]+(\\.[0-9]+)?$";
// Numbers that JavaScript writes with an exponent, where PostgreSQL writes all digits.
const spelledOtherwise = "^-?([0-9]{22}|0\\.000000)";

/**
 * Conditions as SQL on an item of the alias `i`. It holds wherever the engine's `meets` does, and seldom where that does
 * not: where SQL cannot tell (names, objects, text that no database holds), it lets the item through.
 */
export function mayMeet(conditions: readonly Condition[]): RawBuilder<unknown> {
  return allOf(conditions.map(mayHold));
}

/** Conditions on relations as SQL on an item of the alias `i`. It holds just where they do. */
export function isRelated(schema: string, related: readonly RelatedCondition[]): RawBuilder<unknown> {
  const relation = sql.table(`${schema}.relation`);
  const one = ({ type, operator, item }: RelatedCondition): RawBuilder<unknown> => {
    if (item !== undefined && operator === "=") {
      // From the other end: those of one item are few among all that could be looked at.
      return sql`i.id = any(array(select r.from_id from ${relation} r where r.to_id = ${item}::uuid and r.type = ${type}))`;
    }
    const that = item === undefined ? sql`true` : sql`r.to_id = ${item}::uuid`;
    // By its offset it is looked for item by item: joined, each page would read the relations of all items from the first on.
    const has = sql`exists (select from ${relation} r where r.from_id = i.id and r.type = ${type} and ${that} offset 0)`;
    return (operator === "=") === (item !== undefined) ? has : sql`not ${has}`;
  };
  return allOf(related.map(one));
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql`(${sql.join([sql`true`, ...conditions], sql` and `)})`;
}

/** Whether SQL can compare with the value as the engine does. */
function isComparable({ operator, value }: Condition): boolean {
  return operator !== "~" && isStorable(value) && (operator === "=" || operator === "!=" || isPlain(value));
}

function mayHold(condition: Condition): RawBuilder<unknown> {
  const { about, field, operator, value } = condition;
  if (about === "category" && value !== "" && isStorable(value)) {
    // As an index of categories is asked, where somebody has made one.
    const isOne = sql`i.categories @> ${JSON.stringify([{ type: field, key: value }])}::jsonb`;
    if (operator === "=") return isOne;
    if (operator === "!=") return sql`not ${isOne}`;
    if (operator === "~") return some(keysOf(field), sql`strpos(t, ${normaliseName(value)}) > 0`);
  }
  const attribute = about === "category" ? keysOf(field) : sql`(i.attributes -> ${field}::text)`;
  if (value === "" && operator === "=") return sql`not ${some(attribute, sql`jsonb_typeof(e) <> 'array'`)}`;
  if ((value === "" && operator === "!=") || !isComparable(condition)) {
    // Where there is nothing, only the condition that nothing is so can hold.
    return operator === "!=" && value !== "" ? sql`true` : some(attribute, sql`true`);
  }
  switch (operator) {
    case "=":
      return some(attribute, sql`${untold} or ${same(value)}`);
    case "!=":
      return sql`not ${some(attribute, sql`not ${untold} and ${same(value)}`)}`;
    case ">":
    case ">=":
    case "<":
    case "<=":
      return some(attribute, sql`${untold} or ${ordered(operator, value)}`);
    case "~":
      return some(attribute, sql`true`);
  }
}

/** The normalised names of an item's categories of a type, as a list. */
function keysOf(type: string): RawBuilder<unknown> {
  const path = sql.lit("$[*] ? (@.type == $type).key");
  return sql`jsonb_path_query_array(i.categories, ${path}, jsonb_build_object('type', ${type}::text))`;
}

/** Whether an element of the attribute, or the attribute itself where it is no list, satisfies something said of `e`. */
function some(attribute: RawBuilder<unknown>, said: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (
    select from jsonb_array_elements(
      case jsonb_typeof(${attribute}) when 'array' then ${attribute} else jsonb_build_array(${attribute}) end
    ) e, lateral (select e #>> '{}' as t) as text
    where jsonb_typeof(e) <> 'null' and (${said}))`;
}

/** Whether SQL cannot say what the engine compares of `e`: an object, a list in a list, a number spelled otherwise. */
const untold = sql`(jsonb_typeof(e) in ('object', 'array')
  or jsonb_typeof(e) = 'number' and (length(t) > 300 or t ~ ${sql.lit(spelledOtherwise)}))`;

function same(value: string): RawBuilder<unknown> {
  if (!isDate(value)) return sql`(t = ${value})`;
  return sql`(t = ${value} or t ~ ${sql.lit(date)} and starts_with(t, ${`${value}-`}))`;
}

function ordered(operator: ">" | ">=" | "<" | "<=", value: string): RawBuilder<unknown> {
  const comparison = sql.raw(operator);
  const asText = sql`(left(t, ${Math.max(value.length, 4)}) collate "C" ${comparison} ${value})`;
  if (!isNumber(value)) return asText;
  const isNumeric = isDate(value)
    ? sql`t ~ ${sql.lit(number)} and not t ~ ${sql.lit(date)}`
    : sql`t ~ ${sql.lit(number)}`;
  return sql`case when length(t) > 300 then true when ${isNumeric} then t::float8 ${comparison} ${value}::float8
    else ${asText} end`;
}

function isDate(value: string): boolean {
  return new RegExp(date).test(value);
}

function isNumber(value: string): boolean {
  return new RegExp(number).test(value);
}

/** Whether a database can hold the text, so that an equal one may be there. */
function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0") && value.length <= 300;
}

/** Whether PostgreSQL and JavaScript agree on what comes before the text. */
function isPlain(value: string): boolean {
  return /^[ -~]+$/.test(value);
}
