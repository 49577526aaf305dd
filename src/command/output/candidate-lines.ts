import type { Item, JsonObject, MatchCandidate } from "../../index.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";

/** What tells a candidate from its namesakes, in a few words: its type, country, years and disambiguation. */
export function distinction(attributes: JsonObject): string {
  const text = (field: string): string | undefined => {
    const value = attributes[field];
    return typeof value === "string" ? printable(value) : undefined;
  };
  const year = (field: string): string | undefined => text(field)?.slice(0, 4);
  const life = [year("begin"), year("end")];
  const years = life.every((one) => one === undefined)
    ? (year("firstReleaseDate") ?? year("date"))
    : `${life[0] ?? "?"}–${life[1] ?? ""}`;
  const facts = [text("artistCredit"), text("type") ?? text("primaryType"), text("country") ?? text("area"), years];
  return [...facts, text("disambiguation")].filter((one) => one !== undefined).join(" · ");
}

/** The reasons for and against a candidate, in one line. */
export function reasons(candidate: MatchCandidate): string {
  return candidate.evidence.map((one) => printable(one.detail)).join("; ");
}

/** The candidates of a source, each with the command that picks it. */
export function candidateLines(
  output: Output,
  candidates: readonly MatchCandidate[],
  commandFor: (candidate: MatchCandidate) => string,
): readonly string[] {
  return candidates.flatMap((candidate) => {
    const told = distinction(candidate.attributes);
    return [
      `${candidate.score.toFixed(2).padStart(6)}  ${output.paint("bold", printable(candidate.title))}${told === "" ? "" : `  ${told}`}`,
      `        ${output.paint("dim", reasons(candidate))}`,
      `        ${output.paint("cyan", commandFor(candidate))}`,
    ];
  });
}

/** Items of the catalogue that are meant by one name, each with the id that tells it apart. */
export function itemCandidateLines(paint: Output["paint"], items: readonly Item[]): readonly string[] {
  return items.map((item) => {
    const told = distinction(item.attributes);
    return `  ${paint("cyan", item.id)}  ${paint("bold", printable(item.title))}  ${item.kind}${told === "" ? "" : `  ${told}`}`;
  });
}
