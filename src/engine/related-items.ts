import type { Claims } from "./claims.ts";
import type { ContributionData } from "./contribution.ts";
import type { Engine } from "./engine.ts";
import type { ItemId, ItemSummary, Relation } from "./item.ts";
import type { Kind } from "./kind.ts";
import { type Merged, merge, type MergedRelation, mergeRelations, type StoredContribution } from "./merge.ts";
import { identitiesAmong } from "./registry.ts";
import type { Identifier } from "./scheme.ts";
import type { Claim, Owner } from "./store.ts";

/** The target of a relation, and the id that it gets should the catalogue lack it. */
export interface Target {
  readonly relation: MergedRelation;
  readonly kind: Kind;
  readonly identities: readonly Identifier[];
  readonly provisionalId: ItemId;
  /** Whom it is related to itself, should it have to be made. */
  readonly targets: readonly Target[];
}

/** An item that a relation names and the catalogue lacked: it is made from what was said in passing. */
export interface Stub {
  readonly id: ItemId;
  readonly kind: Kind;
  readonly merged: Merged;
  readonly relations: readonly Relation[];
  readonly contribution: Omit<StoredContribution, "fetchedAt">;
}

/**
 * The targets of relations, with those that they are related to themselves. A target without an identity can be neither
 * found again nor made, so its relation is dropped and logged.
 */
export function relatedTargets(
  engine: Engine,
  kind: Kind,
  relations: readonly MergedRelation[],
  claims: Claims,
): readonly Target[] {
  return relations.flatMap((relation): Target[] => {
    const identities = identitiesAmong(engine.registry, relation.to.identifiers);
    if (identities.length === 0) {
      engine.log.warn({ relation: relation.type, to: relation.to.attributes }, "relation without an identity dropped");
      return [];
    }
    const target = engine.registry.importer(kind.relations[relation.type]?.name ?? "").kind;
    const further = mergeRelations([{ provider: relation.provider, data: inPassing(relation) }]);
    return [
      {
        relation,
        kind: target,
        identities,
        provisionalId: claims.idFor(identities),
        targets: relatedTargets(engine, target, further, claims),
      },
    ];
  });
}

/** The claims to make for targets, and for the targets of these. */
export function claimsOf(targets: readonly Target[]): readonly Claim[] {
  return targets.flatMap(({ relation: { provider }, identities, provisionalId: itemId, targets: further }) => [
    ...identities.map((one, index): Claim => ({ ...one, itemId, provider, position: index + 1 })),
    ...claimsOf(further),
  ]);
}

/** The items of some kinds among targets, and the targets of these, whose identities are claimed; perhaps one twice. */
export function itemsAmong(targets: readonly Target[], claims: Claims, kinds: ReadonlySet<string>): readonly ItemId[] {
  return targets.flatMap(({ kind, identities, targets: further }) => [
    ...(kinds.has(kind.name) ? identities.flatMap((one) => claims.owner(one)?.itemId ?? []) : []),
    ...itemsAmong(further, claims, kinds),
  ]);
}

/** Tells which targets the catalogue has, now that their identities are claimed, and makes stubs of the others. */
export interface Settling {
  /**
   * Hands all that was claimed for targets that turned out to exist to the items that they are; to be carried out before the
   * first stub is made. One target may say what another one is: that `c` is an identity of the item that has `a`.
   */
  find(targets: readonly Target[]): void;
  /** The relations to these targets. */
  relationsTo(targets: readonly Target[]): readonly Relation[];
  /** The stubs made so far, each once. */
  stubs(): readonly Stub[];
}

/** @param saved the items that the transaction itself saves, by id. */
export function createSettling(engine: Engine, claims: Claims, saved: ReadonlyMap<ItemId, ItemSummary>): Settling {
  const stubs = new Map<ItemId, Stub>();

  /** Who has a target's identities: an item that is there, or is being saved, before one that has yet to be made. */
  function ownerOf({ identities, provisionalId }: Target): Pick<Owner, "itemId" | "summary"> {
    const found = identities.flatMap((one) => claims.owner(one) ?? []);
    const existing = found.find((owner) => owner.summary !== undefined || saved.has(owner.itemId));
    // A claim may be another import's of this very moment, whose item is not to be seen yet.
    return existing ?? found.find((owner) => owner.itemId !== provisionalId) ?? { itemId: provisionalId };
  }
  function find(targets: readonly Target[]): void {
    for (const target of targets) {
      const { itemId } = ownerOf(target);
      if (itemId !== target.provisionalId) claims.move(target.provisionalId, itemId);
      find(target.targets);
    }
  }
  function settle(target: Target): ItemSummary {
    const { relation, kind, targets } = target;
    const { itemId: id, summary = saved.get(id) } = ownerOf(target);
    if (summary) return summary;
    const known = stubs.get(id);
    if (known) return { id, kind: kind.name, title: known.merged.title };
    const contribution = { itemId: id, provider: relation.provider, partial: true, data: inPassing(relation) };
    const merged = merge(engine.registry.importer(kind.name), id, [{ ...contribution, fetchedAt: "" }], "");
    const stub: Stub = { id, kind, merged, relations: relationsTo(targets), contribution };
    stubs.set(id, stub);
    return { id, kind: kind.name, title: merged.title };
  }
  function relationTo(target: Target): Relation {
    const { type, position, attributes, provider } = target.relation;
    return { type, position, attributes, provider, item: settle(target) };
  }
  /** Of relations to one item at one place, by whichever of its identities it was named, there is one. */
  function relationsTo(targets: readonly Target[]): readonly Relation[] {
    const relations = new Map<string, Relation>();
    for (const relation of targets.map(relationTo)) {
      const key = `${relation.type} ${relation.position} ${relation.item.id}`;
      if (!relations.has(key)) relations.set(key, relation);
    }
    return [...relations.values()];
  }
  return { find, relationsTo, stubs: () => [...stubs.values()] };
}

/** What a relation says of its target, as a contribution to it. */
function inPassing({ to }: MergedRelation): ContributionData {
  const { attributes, identifiers, relations = [] } = to;
  return {
    attributes: { ...attributes },
    identifiers: [...identifiers],
    categories: [],
    relations: relations.map((relation) => ({ ...relation })),
    links: [],
    images: [],
  };
}
