import type { Engine } from "./engine.ts";
import type { ItemId, ItemSummary, Relation } from "./item.ts";
import { nameKeys, titleOf } from "./kind.ts";
import type { MergedRelation, StoredContribution } from "./merge.ts";
import type { Importer } from "./pack.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import type { Claim, ItemRow, Owner } from "./store.ts";

/** A relation whose target is named by identities, and the id that its target gets should the catalogue lack it. */
interface Target {
  readonly relation: MergedRelation;
  readonly identities: readonly Identifier[];
  readonly provisionalId: ItemId;
}

/** An item that a relation names and the catalogue lacked: it is made from what was said in passing. */
export interface Stub {
  readonly row: Omit<ItemRow, "savedAt">;
  readonly contribution: Omit<StoredContribution, "fetchedAt">;
}

/** Related items, found or to be made. */
export interface RelatedItems {
  readonly relations: readonly Relation[];
  readonly stubs: readonly Stub[];
  /** Identities claimed for a stub that an existing item turned out to share. */
  readonly reassignments: readonly { readonly from: ItemId; readonly to: ItemId }[];
}

/**
 * The targets of relations, and the claims to make for them. Two relations to one item share a target's id. A target
 * without an identity can be neither found again nor made, so its relation is dropped and logged.
 */
export function relatedTargets(
  engine: Engine,
  relations: readonly MergedRelation[],
): { readonly targets: readonly Target[]; readonly claims: readonly Claim[] } {
  const ids = new Map<string, ItemId>();
  const targets = relations.flatMap((relation): Target[] => {
    const identities = relation.to.identifiers.filter(
      (one) => engine.registry.scheme(one.scheme)?.uniqueness === "identity",
    );
    if (identities.length === 0) {
      engine.log.warn({ relation: relation.type, to: relation.to.attributes }, "relation without an identity dropped");
      return [];
    }
    const keys = identities.map(identifierText);
    const provisionalId = keys.map((key) => ids.get(key)).find((id) => id !== undefined) ?? engine.newItemId();
    for (const key of keys) ids.set(key, provisionalId);
    return [{ relation, identities, provisionalId }];
  });
  const claims = targets.flatMap(({ relation, identities, provisionalId }) =>
    identities.map((one, index): Claim => ({
      ...one,
      itemId: provisionalId,
      provider: relation.provider,
      position: index + 1,
    })),
  );
  return { targets, claims };
}

/** Tells which targets the catalogue has, given the owners of their identities, and makes stubs for the others. */
export function settleRelated(
  engine: Engine,
  importer: Importer,
  self: ItemSummary,
  targets: readonly Target[],
  owners: readonly Owner[],
): RelatedItems {
  const ownerOf = new Map(owners.map((owner) => [identifierText(owner), owner]));
  const stubs = new Map<ItemId, Stub>();
  const reassignments = new Map<ItemId, ItemId>();
  const relations = targets.flatMap(({ relation, identities, provisionalId }): Relation[] => {
    const found = identities.flatMap((one) => ownerOf.get(identifierText(one)) ?? []);
    const existing = found.find((owner) => owner.summary !== undefined || owner.itemId === self.id);
    const { type, position, attributes, provider } = relation;
    if (existing) {
      if (found.some((owner) => owner.itemId === provisionalId)) reassignments.set(provisionalId, existing.itemId);
      return [{ type, position, attributes, provider, item: existing.summary ?? self }];
    }
    // A claim may stand from before the item itself turned out to exist, or be another import's of this very moment.
    const stubId = found.find((owner) => owner.itemId !== provisionalId)?.itemId ?? provisionalId;
    if (stubId !== provisionalId && found.some((owner) => owner.itemId === provisionalId))
      reassignments.set(provisionalId, stubId);
    const stub = stubs.get(stubId) ?? makeStub(engine, importer, relation, stubId);
    stubs.set(stubId, stub);
    const { id, kind, title } = stub.row;
    return [{ type, position, attributes, provider, item: { id, kind, title } }];
  });
  return {
    relations,
    stubs: [...stubs.values()],
    reassignments: [...reassignments].map(([from, to]) => ({ from, to })),
  };
}

function makeStub(engine: Engine, importer: Importer, relation: MergedRelation, id: ItemId): Stub {
  const target = engine.registry.importer(importer.kind.relations[relation.type]?.name ?? "").kind;
  const { attributes, identifiers } = relation.to;
  return {
    row: {
      id,
      kind: target.name,
      title: titleOf(target, attributes),
      attributes,
      nameKeys: nameKeys(target, attributes),
    },
    contribution: {
      itemId: id,
      provider: relation.provider,
      partial: true,
      data: {
        attributes: { ...attributes },
        identifiers: [...identifiers],
        categories: [],
        relations: [],
        links: [],
        images: [],
      },
    },
  };
}
