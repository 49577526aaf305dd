import type { JsonObject } from "./json.ts";

/** A relation as its line is made of it. */
export interface LinedRelation<From = JsonObject, To = JsonObject> {
  /** What is said of the relation, which no schema has checked. */
  readonly attributes: JsonObject;
  /** What is known of the item that has it. */
  readonly from: From;
  /** What is known of the item at the other end. */
  readonly to: To;
}

/** A relation as people read it in a list of its type, in a few words each. */
export interface RelationLine {
  /** What it stands under, together with the others that say the same: `CD 1`. Default: nothing. */
  readonly heading?: string | undefined;
  /** What it is counted by: `A1`. Default: its position. */
  readonly number?: string | undefined;
  /** How long or how much it is: `6:22`. Default: nothing. */
  readonly measure?: string | undefined;
  /** What it is called here. Default: the title of the item at the other end. */
  readonly title?: string | undefined;
  /** What else there is to know of it. Default: nothing. */
  readonly remarks?: readonly string[] | undefined;
}
