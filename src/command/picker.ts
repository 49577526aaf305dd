import { isCancel, select } from "@clack/prompts";
import type { MatchCandidate } from "../index.ts";
import { distinction, reasons } from "./output/candidate-lines.ts";
import { printable } from "./output/printable.ts";

/** What a person answered. */
export type Choice =
  | { readonly type: "candidate"; readonly id: string }
  /** None of them is meant. */
  | { readonly type: "none" }
  | { readonly type: "cancelled" };

/** Lets a person choose the candidate that is meant. Needs a terminal. */
export async function pickCandidate(candidates: readonly MatchCandidate[]): Promise<Choice> {
  const answer = await select<string>({
    message: "Which one is meant?",
    maxItems: 10,
    options: [
      ...candidates.map((candidate) => {
        const told = distinction(candidate.attributes);
        return {
          value: candidate.id,
          label: `${printable(candidate.title)}${told === "" ? "" : `  ${told}`}`,
          hint: `${candidate.score.toFixed(2)}: ${reasons(candidate)}`,
        };
      }),
      { value: "", label: "None of these", hint: "they will not be offered again for this question" },
    ],
  });
  if (isCancel(answer)) return { type: "cancelled" };
  return answer === "" ? { type: "none" } : { type: "candidate", id: answer };
}
