import { z } from "zod";
import type { Fact } from "./facts.ts";
import { holdsAddress, plainText } from "./plain-text.ts";

/** The form in which a model describes something: sentences, each with the facts that it rests on, or nothing. */
export const writtenDescription = z.object({
  /** Whether the facts do not suffice. */
  abstain: z.boolean(),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.string()) })),
});

/** A sentence as a model wrote it. */
export type WrittenSentence = z.output<typeof writtenDescription>["sentences"][number];

/** What stands of a model's text, and why the rest does not. */
export interface GroundedText {
  /** Plain text of at most 600 characters; absent where no sentence stands. */
  readonly text?: string;
  /** For each refused sentence, why, in the order written. */
  readonly refused: readonly string[];
}

/** Characters that a description has at most; what would exceed them is left out by whole sentences. */
const longest = 600;

/**
 * The sentences that rest on facts. One is refused that cites no known fact, that has a number or a year which neither the
 * cited facts nor the name have, or that holds an address, which no fact does. What is left is plain text.
 */
export function groundText(sentences: readonly WrittenSentence[], facts: readonly Fact[]): GroundedText {
  const kept: string[] = [];
  const refused: string[] = [];
  for (const sentence of sentences) {
    const text = finished(plainText(sentence.text));
    const fault = faultOf(text, sentence, facts) ?? (lengthOf([...kept, text]) > longest ? "too long" : undefined);
    if (fault === undefined) kept.push(text);
    else refused.push(fault);
  }
  return { ...(kept.length > 0 && { text: kept.join(" ") }), refused };
}

function faultOf(text: string, sentence: WrittenSentence, facts: readonly Fact[]): string | undefined {
  if (text === "") return "empty";
  const cited = facts.filter((fact) => sentence.facts.includes(fact.id));
  if (cited.length === 0) return "cites no known fact";
  if (holdsAddress(sentence.text) || holdsAddress(text)) return "holds an address";
  const known = new Set([facts[0], ...cited].flatMap((fact) => numbersIn(fact?.value ?? "")));
  const isKnown = numbersIn(text).every((number) => known.has(number));
  return isKnown ? undefined : "has a number that its facts do not have";
}

/** The numbers in a text, without leading zeros: `1965-07-09` has 1965, 7 and 9. */
function numbersIn(text: string): readonly string[] {
  return (text.match(/\p{Nd}+/gu) ?? []).map((digits) => digits.replace(/^0+(?=.)/, ""));
}

function finished(text: string): string {
  return text === "" || /[.!?…。！？]["'”’)]*$/u.test(text) ? text : `${text}.`;
}

function lengthOf(sentences: readonly string[]): number {
  return sentences.join(" ").length;
}
