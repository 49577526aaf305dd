// C0 and C1 controls could drive the terminal; bidirectional overrides could make one text look like another.
// oxlint-disable-next-line no-control-regex -- they are what this is about
const unsafe = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A text from outside as it may be shown on a terminal: on one line, what would steer the terminal or reorder the line
 * written out as `\u001b`. Letters of every script stay as they are.
 */
export function printable(text: string): string {
  return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * Any JSON value in one printable line: text as it is, a list by its members, what has a name by that, and what has none by
 * its fields, `date 2011-09-26, country GB`. What is deeper than that is JSON.
 */
export function printableValue(value: unknown): string {
  if (value === null) return "(none)";
  if (Array.isArray(value)) return value.map(printableValue).join(value.some(isNameless) ? "; " : ", ");
  if (typeof value !== "object") return printableScalar(value);
  return isNamed(value) ? printable(value.name) : Object.entries(value).map(fieldText).join(", ");
}

function isNameless(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isNamed(value);
}

function isNamed(value: object): value is { readonly name: string } {
  return "name" in value && typeof value.name === "string";
}

function fieldText([field, value]: readonly [string, unknown]): string {
  return `${printable(field)} ${printableScalar(value)}`;
}

function printableScalar(value: unknown): string {
  return printable(typeof value === "string" ? value : (JSON.stringify(value) ?? ""));
}

/** The word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  if (/^[\w.,:/@%+=-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", String.raw`'\''`)}'` : `"${word}"`;
}

/** The number with its noun: `1 request`, `2 requests`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A large number for people: `30,001`. */
export function grouped(number: number): string {
  return number.toLocaleString("en-US");
}

/** An amount in US dollars with the digits that it needs, two at least: `$1.50`, `$0.000012`. */
export function dollars(microdollars: number): string {
  return `$${(microdollars / 1_000_000).toFixed(6).replace(/0{1,4}$/, "")}`;
}
