import type { Item } from "../index.ts";

/** Thrown where a command names an item by something that several items have. */
export class AmbiguousItem extends Error {
  override readonly name = "AmbiguousItem";
  /** What was typed. */
  readonly reference: string;
  readonly candidates: readonly Item[];

  constructor(reference: string, candidates: readonly Item[]) {
    super(`${candidates.length} items are meant by "${reference.slice(0, 100)}"`);
    this.reference = reference;
    this.candidates = candidates;
  }
}
