import { AccessionError } from "./errors.ts";

/** A value that JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object that JSON can hold; a key whose value is undefined counts as absent. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** How deep and how large a contribution may be. PGlite aborts on JSON nested some thousand levels deep. */
const limits = { depth: 100, bytes: 4 * 1024 * 1024 };

const ordinary = { enumerable: true, configurable: true, writable: true };

/**
 * The text as PostgreSQL can store it: without NUL, and with lone surrogates replaced by U+FFFD.
 * Source of the rule: https://www.postgresql.org/docs/current/datatype-json.html
 */
export function storableText(text: string): string {
  return (text.includes("\0") ? text.replaceAll("\0", "") : text).toWellFormed();
}

/**
 * A deep copy of outside data as the database can store it: texts made storable, undefined dropped.
 *
 * @throws AccessionError `contribution-invalid` for data nested deeper than 100 levels, larger than 4 MiB as text, or
 * that JSON cannot hold (a function, a bigint, a Date, a number that is not finite).
 */
export function storableJson(value: unknown): JsonValue | undefined {
  let size = 0;
  function grow(by: number): void {
    size += by;
    if (size > limits.bytes) throw refused(`is larger than ${limits.bytes / 1024 / 1024} MiB`);
  }
  function copy(current: unknown, depth: number): JsonValue | undefined {
    if (depth > limits.depth) throw refused(`is nested deeper than ${limits.depth} levels`);
    // Each value counts, an empty one too: two references to one thing, many levels deep, would never come to an end.
    grow(2);
    switch (typeof current) {
      case "string":
        grow(current.length);
        return storableText(current);
      case "number":
        if (!Number.isFinite(current)) throw refused(`holds the number ${current}`);
        grow(6);
        return current;
      case "boolean":
      case "undefined":
        return current;
      case "object":
        if (current === null) return null;
        if (Array.isArray(current)) return current.map((element) => copy(element, depth + 1) ?? null);
        return copyObject(current, depth);
      case "bigint":
      case "function":
      case "symbol":
        throw refused(`holds a ${typeof current}`);
    }
  }
  function copyObject(current: object, depth: number): JsonObject {
    const sort = Object.prototype.toString.call(current).slice("[object ".length, -1);
    if (sort !== "Object") throw refused(`holds a ${sort}`);
    const copied: Record<string, JsonValue | undefined> = {};
    for (const [key, member] of Object.entries(current)) {
      if (member === undefined) continue;
      grow(key.length);
      const name = storableText(key);
      const stored = copy(member, depth + 1);
      // Assigned, it would become the prototype.
      if (name === "__proto__") Object.defineProperty(copied, name, { value: stored, ...ordinary });
      else copied[name] = stored;
    }
    return copied;
  }
  return copy(value, 0);
}

function refused(why: string): AccessionError {
  return new AccessionError("contribution-invalid", `The contribution ${why}.`);
}

/** Whether two values are the same JSON, whatever the order of their keys; undefined members count as absent. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, other] = [
    new Map<string, unknown>(Object.entries(left)),
    new Map<string, unknown>(Object.entries(right)),
  ];
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    if (!sameJson(one.get(key), other.get(key))) return false;
  }
  return true;
}

/** The value as JSON text with sorted keys: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
