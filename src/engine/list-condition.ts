import { attributeNamed, type Condition, conditionParts, type ConditionParts, readConditions } from "./condition.ts";
import { AccessionError } from "./errors.ts";
import { type ItemId, itemId } from "./item.ts";
import type { Kind } from "./kind.ts";

/** Whether an item has a relation of a type to another item, or to any. */
export interface RelatedCondition {
  readonly type: string;
  readonly operator: "=" | "!=";
  /** Undefined: to any item. */
  readonly item: ItemId | undefined;
}

/** What is asked of the items of a list. */
export interface ListConditions {
  /** Of what is known of the item itself. */
  readonly conditions: readonly Condition[];
  /** Of what it is related to. */
  readonly related: readonly RelatedCondition[];
}

/**
 * Reads conditions on items of the catalogue: those of {@link readConditions}, and a relation with the id of an item, such as
 * `artist=0198c7e2-…`, `artist!=0198c7e2-…`, `artist=` (has none). All have to hold.
 *
 * @throws AccessionError `query-invalid` as {@link readConditions}, and for a relation that is compared otherwise or with what
 * is no id.
 */
export function readListConditions(kind: Kind, texts: readonly string[]): ListConditions {
  const isRelated = (text: string): boolean => relatedKindOf(kind, text) !== undefined;
  return {
    conditions: readConditions(
      kind,
      texts.filter((text) => !isRelated(text)),
    ),
    related: texts.filter(isRelated).map((text) => readRelated(conditionParts(text))),
  };
}

/**
 * The name of the kind that a condition wants an item to be related to; undefined for a condition on something else. An
 * attribute or a category of the relation's name goes before it.
 *
 * @throws AccessionError `query-invalid` for what is no condition.
 */
export function relatedKindOf(kind: Kind, text: string): string | undefined {
  const { field } = conditionParts(text);
  if (attributeNamed(kind, field) !== undefined || kind.categories.includes(field)) return undefined;
  return Object.hasOwn(kind.relations, field) ? kind.relations[field]?.name : undefined;
}

function readRelated({ field, operator, value }: ConditionParts): RelatedCondition {
  if (operator !== "=" && operator !== "!=") {
    throw new AccessionError("query-invalid", `"${field}" is a relation: it is = or != an item, not ${operator}.`);
  }
  if (value === "") return { type: field, operator, item: undefined };
  const id = itemId.safeParse(value);
  if (id.success) return { type: field, operator, item: id.data };
  throw new AccessionError("query-invalid", `"${field}" is a relation: "${value.slice(0, 100)}" is no item's id.`);
}
