import { z } from "zod";
import type { Category, Link } from "./contribution.ts";
import type { ImageDescription, NamedImage } from "./image.ts";
import type { JsonObject } from "./json.ts";
import type { AttributesOf, Kind } from "./kind.ts";
import type { Identifier } from "./scheme.ts";

/** The id of an item in this catalogue, a UUID. */
export const itemId = z.uuid().brand<"ItemId">();
/** The id of an item in this catalogue, a UUID. */
export type ItemId = z.output<typeof itemId>;

/** An item as a relation or a search shows it. */
export interface ItemSummary {
  readonly id: ItemId;
  readonly kind: string;
  readonly title: string;
}

/** Who said a value: the name of a provider, or `person`. */
interface Attributed {
  readonly provider: string;
}

/** A relation as an item shows it. */
export interface Relation extends Attributed {
  readonly type: string;
  readonly position: number;
  readonly attributes: JsonObject;
  readonly item: ItemSummary;
}

/** An image as an item shows it: fetched from `url`, and kept in the image store. */
export interface ItemImage extends NamedImage, ImageDescription, Attributed {}

/** An item of the catalogue: the merge of what its providers say of it. */
export interface Item<K extends Kind = Kind> {
  readonly id: ItemId;
  readonly kind: K["name"];
  readonly title: string;
  readonly attributes: AttributesOf<K>;
  readonly identifiers: readonly (Identifier & Attributed)[];
  readonly categories: readonly (Category & Attributed)[];
  readonly relations: readonly Relation[];
  readonly links: readonly (Link & Attributed & { readonly attributes: JsonObject })[];
  /** One of each type. Their bytes: `catalog.readImage(key)`. */
  readonly images: readonly ItemImage[];
  /** Goes up by one with each save that changed something that people see. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
}

/** The provider name under which a person's edits are kept; no provider may have it. */
export const person = "person";
