import { queryLexemes } from "./query-lexemes.ts";
import type { Lexeme } from "./query-lexemes.ts";
import type { Clause, Occur, Query } from "./query.ts";

/** The query, or why the text is none. */
export type ParsedQuery =
  | { readonly kind: "query"; readonly query: Query }
  | { readonly kind: "invalid"; readonly reason: string };

/** Nobody nests deeper on purpose, and the stack has an end. */
const deepestNesting = 100;

type Parsed<Value> =
  | { readonly kind: "ok"; readonly value: Value }
  | { readonly kind: "invalid"; readonly reason: string };
const ok = <Value>(value: Value): Parsed<Value> => ({ kind: "ok", value });
const invalid = (reason: string): { readonly kind: "invalid"; readonly reason: string } => ({
  kind: "invalid",
  reason,
});

interface Cursor {
  readonly lexemes: readonly Lexeme[];
  at: number;
}

const peek = (cursor: Cursor): Lexeme => cursor.lexemes[cursor.at] ?? { kind: "end" };
const take = (cursor: Cursor): Lexeme => {
  const lexeme = peek(cursor);
  cursor.at += 1;
  return lexeme;
};

const boostAt = (cursor: Cursor): number => {
  const lexeme = peek(cursor);
  if (lexeme.kind !== "caret") return 1;
  take(cursor);
  return lexeme.boost;
};

const tildeAt = (cursor: Cursor): { readonly amount: number | null } | null => {
  const lexeme = peek(cursor);
  if (lexeme.kind !== "tilde") return null;
  take(cursor);
  return lexeme;
};

// Lucene once took a similarity from 0 to 1 here; what is below one edit means the default of two.
const editsFrom = (amount: number | null): number =>
  amount === null || amount < 1 ? 2 : Math.min(2, Math.trunc(amount));

const word = (cursor: Cursor, lexeme: Extract<Lexeme, { kind: "word" }>, field: string | null): Query => {
  const only = lexeme.parts.length === 1 ? lexeme.parts[0] : undefined;
  if (only?.kind !== "text") return { kind: "pattern", field, parts: lexeme.parts, boost: boostAt(cursor) };
  const tilde = tildeAt(cursor);
  const boost = boostAt(cursor);
  return tilde === null
    ? { kind: "term", field, text: only.text, boost }
    : { kind: "fuzzy", field, text: only.text, edits: editsFrom(tilde.amount), boost };
};

const openBound = (bound: string): string | null => (bound === "*" ? null : bound);

/** What a clause is made of, without its field and its occurrence. */
const operand = (cursor: Cursor, fields: ReadonlySet<string>, field: string | null, depth: number): Parsed<Query> => {
  const lexeme = take(cursor);
  switch (lexeme.kind) {
    case "word":
      return ok(word(cursor, lexeme, field));
    case "quoted": {
      const tilde = tildeAt(cursor);
      return ok({ kind: "phrase", field, text: lexeme.text, slop: tilde?.amount ?? 0, boost: boostAt(cursor) });
    }
    case "range":
      return ok({
        kind: "range",
        field,
        from: openBound(lexeme.from),
        to: openBound(lexeme.to),
        includesFrom: lexeme.includesFrom,
        includesTo: lexeme.includesTo,
        boost: boostAt(cursor),
      });
    case "open": {
      const inside = group(cursor, fields, field, depth + 1);
      if (inside.kind === "invalid") return inside;
      if (take(cursor).kind !== "close") return invalid("a parenthesis that never closes");
      return ok({ ...inside.value, boost: boostAt(cursor) });
    }
    case "field":
    case "every-field":
    case "close":
    case "and":
    case "or":
    case "not":
    case "plus":
    case "minus":
    case "tilde":
    case "caret":
    case "end":
      return invalid(`"${lexeme.kind}" where a word was expected`);
  }
};

const clauseQuery = (
  cursor: Cursor,
  fields: ReadonlySet<string>,
  field: string | null,
  depth: number,
): Parsed<Query> => {
  const lexeme = peek(cursor);
  if (lexeme.kind === "field") {
    take(cursor);
    if (!fields.has(lexeme.name)) return invalid(`undefined field ${lexeme.name}`);
    return operand(cursor, fields, lexeme.name, depth);
  }
  if (lexeme.kind === "every-field") {
    take(cursor);
    const everything = operand(cursor, fields, null, depth);
    if (everything.kind === "invalid") return everything;
    const { value } = everything;
    const star = value.kind === "pattern" && value.parts.length === 1 && value.parts[0]?.kind === "many";
    return star ? ok({ kind: "everything", boost: value.boost }) : invalid("only * may stand after *:");
  }
  return operand(cursor, fields, field, depth);
};

/** `+`, `-`, `!` and NOT before a clause. */
const modifier = (cursor: Cursor): Occur => {
  switch (peek(cursor).kind) {
    case "plus":
      take(cursor);
      return "must";
    case "minus":
    case "not":
      take(cursor);
      return "must-not";
    default:
      return "should";
  }
};

/**
 * Clauses up to a closing parenthesis or the end. AND makes both its neighbours required, anything else leaves them
 * optional: `a OR b AND c` requires b and c, which is Lucene's rule and not that of boolean algebra.
 */
const group = (
  cursor: Cursor,
  fields: ReadonlySet<string>,
  field: string | null,
  depth: number,
): Parsed<Extract<Query, { kind: "group" }>> => {
  if (depth > deepestNesting) return invalid("parentheses nested too deep");
  const clauses: Clause[] = [];
  for (;;) {
    const { kind } = peek(cursor);
    const conjunction = clauses.length > 0 && (kind === "and" || kind === "or") ? take(cursor).kind : null;
    const asked = modifier(cursor);
    const query = clauseQuery(cursor, fields, field, depth);
    if (query.kind === "invalid") return query;
    const previous = clauses.at(-1);
    if (conjunction === "and" && previous?.occur === "should") {
      clauses[clauses.length - 1] = { ...previous, occur: "must" };
    }
    clauses.push({ occur: conjunction === "and" && asked === "should" ? "must" : asked, query: query.value });
    const next = peek(cursor).kind;
    if (next === "end" || next === "close") return ok({ kind: "group", clauses, boost: 1 });
  }
};

/**
 * Parses a query of the search (https://musicbrainz.org/doc/MusicBrainz_API/Search), knowing only the given fields.
 *
 * @example parseQuery('artist:"AC\\/DC" AND country:AU', new Set(["artist", "country"]))
 */
export const parseQuery = (text: string, fields: ReadonlySet<string>): ParsedQuery => {
  const lexemes = queryLexemes(text);
  if (lexemes.kind === "invalid") return lexemes;
  const cursor: Cursor = { lexemes: lexemes.lexemes, at: 0 };
  const query = group(cursor, fields, null, 0);
  if (query.kind === "invalid") return query;
  if (peek(cursor).kind !== "end") return invalid("a parenthesis that was never opened");
  return { kind: "query", query: query.value };
};
