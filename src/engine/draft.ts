import { type Claims, createClaims } from "./claims.ts";
import type { ContributionData } from "./contribution.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { ItemId, Relation } from "./item.ts";
import { type Merged, merge, type StoredContribution } from "./merge.ts";
import type { Importer } from "./pack.ts";
import { identitiesAmong } from "./registry.ts";
import { claimsOf, createSettling, itemsAmong, relatedTargets, type Stub, type Target } from "./related-items.ts";
import { type Identifier, identifierText } from "./scheme.ts";
import type { Claim, StoredItem, StoreTransaction } from "./store.ts";
import type { RunRecord } from "./run.ts";

/** What a provider, or a person, says in a save. */
export interface Statement {
  readonly provider: string;
  readonly data: ContributionData;
  /** ISO 8601, UTC. */
  readonly fetchedAt: string;
  /** Whether the provider knows more than it says here: then it does not replace what it said outright. Default: false. */
  readonly partial?: boolean;
  /** Whether `data` has just been read by the kind, which then need not be asked again. Default: false. */
  readonly allowed?: boolean | undefined;
}

/** What one save is to do. */
export interface SaveRequest {
  readonly importer: Importer;
  /** The item; absent for one that the catalogue may not have yet. */
  readonly target?: ItemId | undefined;
  readonly say: readonly Statement[];
  /** Providers whose contribution, and place in the ledger, is taken away. Default: none. */
  readonly unsay?: readonly string[];
  /** Default: none. */
  readonly runs?: readonly RunRecord[];
  /** Background providers to enqueue, given the item as the catalogue has it. Default: none. */
  readonly enqueue?: (stored: StoredItem | undefined) => readonly string[];
  /** Whether the enqueued ones are to ask their sources anew. Default: false. */
  readonly fresh?: boolean;
  /** Identifiers that the catalogue has just been asked for, and of which no item has any. Default: none. */
  readonly absent?: readonly Identifier[];
}

/** An item on the way to its draft: who speaks of it, and what comes of it. */
interface Subject {
  readonly id: ItemId;
  readonly importer: Importer;
  /** What is to be done, by as many requests as turned out to mean this item. */
  readonly requests: readonly SaveRequest[];
  /** The item as the catalogue has it; undefined for a new one. */
  readonly stored: StoredItem | undefined;
  readonly said: readonly StoredContribution[];
  readonly merged: Merged;
  /** The claims of the item itself. */
  readonly own: readonly Claim[];
  readonly targets: readonly Target[];
}

/** An item as a transaction is to save it, once its identities are claimed: nothing but writing is left. */
export interface Draft extends Subject {
  readonly relations: readonly Relation[];
  /** Its identities that another item has. */
  readonly foreign: readonly (Identifier & { readonly itemId: ItemId })[];
}

/** All that one transaction saves. */
export interface Drafts {
  /** One for each request, in their order; requests that mean one item share it. */
  readonly byRequest: readonly Draft[];
  readonly stubs: readonly Stub[];
  /** The items of some kinds that are saved, or that the saved ones name; perhaps one twice. */
  readonly named: (kinds: ReadonlySet<string>) => readonly ItemId[];
}

/**
 * Merges what is said with what is known, and claims the identities of the items and of those that they are related to.
 * The number of statements does not depend on the number of requests.
 *
 * @throws AccessionError `identity-missing` for a new item that no identity names, `item-unknown` for a target that is
 * not there.
 */
export async function draftAll(
  engine: Engine,
  transaction: StoreTransaction,
  requests: readonly SaveRequest[],
): Promise<Drafts> {
  const claims = createClaims(engine, transaction);
  const said = requests.map((one) => (one.target === undefined ? identitiesSaid(engine, one) : []));
  // A later one may say that two before it are one.
  for (const identities of said) if (identities.length > 0) claims.idFor(identities);
  const named = requests.map((request, index) => ({ request, id: request.target ?? claims.idFor(said[index] ?? []) }));
  const nameless = Map.groupBy(
    named.filter(({ request }) => request.target === undefined),
    ({ id }) => id,
  );
  const presumedNew = [...nameless].map(([id, all]) =>
    subjectOf(
      engine,
      claims,
      id,
      all.map(({ request }) => request),
    ),
  );
  await claims.claim(
    presumedNew.flatMap((one) => [...one.own, ...claimsOf(one.targets)]),
    presumedNew.every(isAbsent) ? "absent" : "free",
  );
  // Another import made such an item in the meantime, or the catalogue knows it by another of its identities.
  const found = new Map<ItemId, ItemId>();
  for (const { id, own } of presumedNew) {
    const other = own.flatMap((one) => claims.owner(one) ?? []).find((owner) => owner.itemId !== id);
    if (!other) continue;
    found.set(id, other.itemId);
    claims.move(id, other.itemId);
  }
  await claims.carryOut();

  const targeted = named.flatMap(({ request, id }) => {
    const target = request.target ?? found.get(id);
    return target === undefined ? [] : [{ ...request, target }];
  });
  const known = await knownSubjects(engine, transaction, claims, targeted);
  const subjects = [...presumedNew.filter((one) => !found.has(one.id)), ...known.values()];
  const saved = new Map(
    subjects.map(({ id, importer, merged }) => [id, { id, kind: importer.kind.name, title: merged.title }]),
  );
  const settling = createSettling(engine, claims, saved);
  settling.find(subjects.flatMap((one) => one.targets));
  await claims.carryOut();
  const drafts = new Map(
    subjects.map((subject) => [subject.id, draftOf(subject, claims, settling.relationsTo(subject.targets))]),
  );
  const stubs = settling.stubs();
  await claims.giveUp(new Set([...drafts.keys(), ...stubs.map((stub) => stub.id)]));
  engine.step("identities-claimed");
  return {
    byRequest: named.map(({ id }) => {
      const target = found.get(id) ?? id;
      const draft = drafts.get(known.get(target)?.id ?? target);
      if (!draft) throw new AccessionError("defect", `The request for ${id} came to nothing.`);
      return draft;
    }),
    stubs,
    named: (kinds) =>
      subjects.flatMap(({ id, importer, targets }) => [
        ...(kinds.has(importer.kind.name) ? [id] : []),
        ...itemsAmong(targets, claims, kinds),
      ]),
  };
}

/** The items that the catalogue has, locked, by the ids that they were named by. */
async function knownSubjects(
  engine: Engine,
  transaction: StoreTransaction,
  claims: Claims,
  targeted: readonly (SaveRequest & { readonly target: ItemId })[],
): Promise<ReadonlyMap<ItemId, Subject>> {
  if (targeted.length === 0) return new Map();
  const locked = await transaction.lock([...new Set(targeted.map((one) => one.target))]);
  const missing = targeted.find(({ target }) => !locked.has(target));
  if (missing) throw new AccessionError("item-unknown", `The catalogue has no item ${missing.target}.`);
  const requests = Map.groupBy(targeted, ({ target }) => locked.get(target) ?? target);
  const ids = [...requests.keys()];
  const contributions = await transaction.contributions(ids);
  const subjects = new Map<ItemId, Subject>();
  for (const stored of await transaction.load(ids)) {
    const { id } = stored.item;
    const about = { stored, contributions: contributions.get(id) ?? [] };
    subjects.set(id, subjectOf(engine, claims, id, requests.get(id) ?? [], about));
  }
  // What an item holds already, and is locked with, needs no claim.
  const wanted = [...subjects.values()].flatMap(({ stored, own, targets }) => {
    const held = new Set((stored?.item.identifiers ?? []).map(identifierText));
    return [...own.filter((claim) => !held.has(identifierText(claim))), ...claimsOf(targets)];
  });
  await claims.claim(wanted, "taken");
  return new Map(
    [...locked].flatMap(([target, id]): [ItemId, Subject][] => {
      const subject = subjects.get(id);
      return subject ? [[target, subject]] : [];
    }),
  );
}

function subjectOf(
  engine: Engine,
  claims: Claims,
  id: ItemId,
  requests: readonly SaveRequest[],
  known?: { readonly stored: StoredItem; readonly contributions: readonly StoredContribution[] },
): Subject {
  const [first] = requests;
  if (!first) throw new AccessionError("defect", `Nobody asks to save ${id}.`);
  const { importer } = first;
  const unsaid = new Set(requests.flatMap((one) => one.unsay ?? []));
  const contributions = known?.contributions ?? [];
  const key = (one: StoredContribution): string => `${one.itemId} ${one.provider}`;
  const outright = new Set(contributions.filter((one) => !one.partial).map(key));
  // What was said of an item that has just been merged into another stays with it: it must not replace what the same
  // provider says of the other. Of two statements of one provider, the later one counts.
  const said = new Map(
    requests.flatMap(({ target: itemId = id, say }) =>
      say
        .map((one): StoredContribution => ({ ...one, itemId, partial: one.partial ?? false }))
        .filter((one) => !one.partial || !outright.has(key(one)))
        .map((one) => [key(one), one] as const),
    ),
  );
  const kept = contributions.filter((one) => !unsaid.has(one.provider) && !said.has(key(one)));
  const merged = merge(importer, id, [...kept, ...said.values()], known?.stored.item.title ?? "");
  return {
    id,
    importer,
    requests,
    stored: known?.stored,
    said: [...said.values()],
    merged,
    own: merged.identifiers.flatMap((one, index): Claim[] =>
      engine.registry.scheme(one.scheme)?.uniqueness === "identity"
        ? [{ ...one, itemId: id, position: index + 1 }]
        : [],
    ),
    targets: relatedTargets(engine, importer.kind, merged.relations, claims),
  };
}

function draftOf(subject: Subject, claims: Claims, relations: readonly Relation[]): Draft {
  const owners = subject.own.flatMap((one) => claims.owner(one) ?? []);
  return { ...subject, relations, foreign: owners.filter((owner) => owner.itemId !== subject.id) };
}

/** Whether the catalogue has just been asked for all that an item claims, and had none of it. */
function isAbsent({ requests, own, targets }: Subject): boolean {
  const absent = new Set(requests.flatMap((one) => one.absent ?? []).map(identifierText));
  return targets.length === 0 && own.every((one) => absent.has(identifierText(one)));
}

/** The identities by which a request names an item that the catalogue may not have. */
function identitiesSaid(engine: Engine, { importer, say }: SaveRequest): readonly Identifier[] {
  const identities = identitiesAmong(
    engine.registry,
    say.flatMap((one) => one.data.identifiers),
  );
  if (identities.length > 0) return identities;
  const providers = say.map((one) => one.provider).join(", ");
  throw new AccessionError("identity-missing", `${providers} gave no identity for a new ${importer.kind.name}.`);
}
