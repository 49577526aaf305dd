import { kindWord } from "../kinds.ts";
import { counted } from "./printable.ts";

/** That no item lacks anything, or none of a kind. */
export function nothingMissing(kind: string | undefined): string {
  return `Nothing is missing${kind === undefined ? "" : ` of any ${kindWord(kind)}`}.`;
}

/** How many items lack something still, and why: one that was completed may have named others of which no more is known. */
export function stillMissing(left: number, failed: number, isLimited: boolean): string {
  const others = Math.max(0, left - failed);
  const why = [
    ...(others > 0 ? [`${others} ${isLimited ? "beyond --limit or " : ""}named by what was completed`] : []),
    ...(left > others ? [`${left - others} failed`] : []),
  ];
  return `${counted(left, "item")} ${left === 1 ? "lacks" : "lack"} something still (${why.join(", ")}).`;
}
