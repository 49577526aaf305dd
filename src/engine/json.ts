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
  return copyValue(value, 0, { bytes: 0 });
}

/** How much has been copied so far. */
interface Size {
  bytes: number;
}

function grow(size: Size, by: number): void {
  size.bytes += by;
  if (size.bytes > limits.bytes) throw refused(`is larger than ${limits.bytes / 1024 / 1024} MiB`);
}

function copyValue(value: unknown, depth: number, size: Size): JsonValue | undefined {
  if (depth > limits.depth) throw refused(`is nested deeper than ${limits.depth} levels`);
  // Each value counts, an empty one too: two references to one thing, many levels deep, would never come to an end.
  grow(size, 2);
  switch (typeof value) {
    case "string":
      grow(size, value.length);
      return storableText(value);
    case "number":
      if (!Number.isFinite(value)) throw refused(`holds the number ${value}`);
      grow(size, 6);
      return value;
    case "boolean":
    case "undefined":
      return value;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((element) => copyValue(element, depth + 1, size) ?? null);
      return copyObject(value, depth, size);
    case "bigint":
    case "function":
    case "symbol":
      throw refused(`holds a ${typeof value}`);
  }
}

function copyObject(value: object, depth: number, size: Size): JsonObject {
  requireObject(value);
  const copied: Record<string, JsonValue | undefined> = {};
  for (const key of Object.keys(value)) {
    const member: unknown = value[key as keyof typeof value];
    if (member === undefined) continue;
    grow(size, key.length);
    const name = storableText(key);
    const stored = copyValue(member, depth + 1, size);
    // Assigned, it would become the prototype.
    if (name === "__proto__") Object.defineProperty(copied, name, { value: stored, ...ordinary });
    else copied[name] = stored;
  }
  return copied;
}

function requireObject(value: object): void {
  // Nearly all are, and to ask what sort of object one is takes longer than to copy it.
  if (Object.getPrototypeOf(value) === Object.prototype && !(Symbol.toStringTag in value)) return;
  const sort = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (sort !== "Object") throw refused(`holds a ${sort}`);
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
