import { kindWord } from "../kinds.ts";
import { counted } from "./printable.ts";

/** That no item lacks anything, or none of a kind. */
export function nothingMissing(kind: string | undefined): string {
  return `Nothing is missing${kind === undefined ? "" : ` of any ${kindWord(kind)}`}.`;
}

/** How many items lack something still, and how many of these have failed. */
export function stillMissing(left: number, failed: number): string {
  const how = failed > 0 ? ` (${failed} failed)` : "";
  return `${counted(left, "item")} ${left === 1 ? "lacks" : "lack"} something still${how}.`;
}
