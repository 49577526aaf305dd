import type { PatternPart } from "./query.ts";

/** A lexical unit of Lucene's query syntax, with escapes resolved. */
export type Lexeme =
  | { readonly kind: "open" | "close" | "and" | "or" | "not" | "plus" | "minus" | "end" }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "every-field" }
  | { readonly kind: "word"; readonly parts: readonly PatternPart[] }
  | { readonly kind: "quoted"; readonly text: string }
  /** `~` with its number; null without one. */
  | { readonly kind: "tilde"; readonly amount: number | null }
  | { readonly kind: "caret"; readonly boost: number }
  | {
      readonly kind: "range";
      readonly from: string;
      readonly to: string;
      readonly includesFrom: boolean;
      readonly includesTo: boolean;
    };

/** Either the lexemes, or the place and reason why there are none. */
export type Lexemes =
  | { readonly kind: "lexemes"; readonly lexemes: readonly Lexeme[] }
  | { readonly kind: "invalid"; readonly reason: string };

// What may not stand unescaped in a word, from Lucene's QueryParser.jj; "+" and "-" may, after the first character.
const neverInWord = new Set('!():^[]"{}~/');
const notFirstInWord = new Set("+-");
const isSpace = (character: string): boolean => /\s/u.test(character);

const numberAfter = (text: string, start: number): { readonly value: number; readonly next: number } | null => {
  const digits = /^\d+(?:\.\d+)?/u.exec(text.slice(start, start + 20))?.[0];
  return digits === undefined ? null : { value: Number(digits), next: start + digits.length };
};

/** A word with its wildcards and escapes; null when a backslash ends the query. */
const wordAt = (
  text: string,
  start: number,
): { readonly parts: readonly PatternPart[]; readonly raw: string; readonly next: number } | null => {
  const parts: PatternPart[] = [];
  let literal = "";
  const flush = (): void => {
    if (literal !== "") parts.push({ kind: "text", text: literal });
    literal = "";
  };
  let at = start;
  for (; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (isSpace(character) || neverInWord.has(character)) break;
    if (character === "\\") {
      if (at + 1 >= text.length) return null;
      at += 1;
      literal += text.charAt(at);
    } else if (character === "*" || character === "?") {
      flush();
      parts.push({ kind: character === "*" ? "many" : "one" });
    } else {
      literal += character;
    }
  }
  flush();
  return { parts, raw: text.slice(start, at), next: at };
};

const quotedAt = (text: string, start: number): { readonly text: string; readonly next: number } | null => {
  let content = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') return { text: content, next: at + 1 };
    if (character === "\\") {
      at += 1;
      if (at >= text.length) return null;
    }
    content += text.charAt(at);
  }
  return null;
};

const bare = (bound: string): string => bound.replace(/^"(.*)"$/u, "$1").replaceAll("\\", "");

const rangeAt = (text: string, start: number): { readonly lexeme: Lexeme; readonly next: number } | null => {
  const close = text.slice(start).search(/[\]}]/u);
  if (close < 0) return null;
  const inside = text.slice(start + 1, start + close).trim();
  const bounds = /^("[^"]*"|\S+)\s+TO\s+("[^"]*"|\S+)$/u.exec(inside);
  if (bounds?.[1] === undefined || bounds[2] === undefined) return null;
  return {
    lexeme: {
      kind: "range",
      from: bare(bounds[1]),
      to: bare(bounds[2]),
      includesFrom: text.charAt(start) === "[",
      includesTo: text.charAt(start + close) === "]",
    },
    next: start + close + 1,
  };
};

const invalid = (reason: string, at: number): Lexemes => ({
  kind: "invalid",
  reason: `${reason} at character ${String(at + 1)}`,
});

const operators: ReadonlyMap<string, Lexeme> = new Map([
  ["AND", { kind: "and" }],
  ["&&", { kind: "and" }],
  ["OR", { kind: "or" }],
  ["||", { kind: "or" }],
  ["NOT", { kind: "not" }],
]);

const single: ReadonlyMap<string, Lexeme> = new Map([
  ["(", { kind: "open" }],
  [")", { kind: "close" }],
  ["!", { kind: "not" }],
  ["+", { kind: "plus" }],
  ["-", { kind: "minus" }],
]);

/**
 * Splits a query into lexemes by the rules of Lucene's classic query parser
 * (https://lucene.apache.org/core/9_0_0/queryparser/org/apache/lucene/queryparser/classic/package-summary.html). Regular
 * expressions between slashes are refused: the sandbox has no use for them.
 */
export const queryLexemes = (text: string): Lexemes => {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const sign = single.get(character);
    if (isSpace(character)) {
      at += 1;
    } else if (sign !== undefined && (!notFirstInWord.has(character) || at + 1 < text.length)) {
      lexemes.push(sign);
      at += 1;
    } else if (character === '"') {
      const quoted = quotedAt(text, at);
      if (quoted === null) return invalid("a quotation that never ends", at);
      lexemes.push({ kind: "quoted", text: quoted.text });
      at = quoted.next;
    } else if (character === "[" || character === "{") {
      const range = rangeAt(text, at);
      if (range === null) return invalid("a range that is not one", at);
      lexemes.push(range.lexeme);
      at = range.next;
    } else if (character === "~") {
      const amount = numberAfter(text, at + 1);
      lexemes.push({ kind: "tilde", amount: amount?.value ?? null });
      at = amount?.next ?? at + 1;
    } else if (character === "^") {
      const boost = numberAfter(text, at + 1);
      if (boost === null) return invalid("a boost without a number", at);
      lexemes.push({ kind: "caret", boost: boost.value });
      at = boost.next;
    } else if (neverInWord.has(character) || notFirstInWord.has(character)) {
      return invalid(`an unexpected ${character}`, at);
    } else {
      const word = wordAt(text, at);
      if (word === null) return invalid("a backslash that escapes nothing", text.length - 1);
      at = word.next;
      const only = word.parts.length === 1 ? word.parts[0] : undefined;
      const operator = operators.get(word.raw);
      if (text.charAt(at) === ":" && only?.kind === "text") {
        lexemes.push({ kind: "field", name: only.text });
        at += 1;
      } else if (text.charAt(at) === ":" && word.raw === "*") {
        lexemes.push({ kind: "every-field" });
        at += 1;
      } else {
        lexemes.push(operator ?? { kind: "word", parts: word.parts });
      }
    }
  }
  lexemes.push({ kind: "end" });
  return { kind: "lexemes", lexemes };
};
