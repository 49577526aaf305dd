import type { Catalog } from "../catalog.ts";
import type { Change } from "../engine/difference.ts";
import { type AccessionError, asDefect } from "../engine/errors.ts";
import type { ImportOptions } from "../engine/import.ts";
import type { Item } from "../engine/item.ts";
import { sameJson } from "../engine/json.ts";
import type { Kind, QueryOf } from "../engine/kind.ts";
import { type Log, silentLog } from "../engine/log.ts";
import { defineImporter, definePack, type Pack } from "../engine/pack.ts";
import type { Provider } from "../engine/provider.ts";
import type { ImportResult, ProviderOutcome } from "../engine/result.ts";
import { observeRequests } from "./observe-requests.ts";
import { openTestCatalog } from "./open-test-catalog.ts";

/** What a provider is checked with. */
export interface ProviderCheck<K extends Kind> {
  /** Queries that the provider has an answer to, each naming another item. */
  readonly found: readonly QueryOf<K>[];
  /** Queries that it has none to. */
  readonly missing: readonly QueryOf<K>[];
  /**
   * Packs whose providers are asked before it, such as the one that gives an artist the id that it goes by. One of them
   * may hold the provider itself. Default: none, it is asked alone.
   */
  readonly packs?: readonly Pack[] | undefined;
}

/** Something that a provider does wrong. */
export interface ProviderProblem {
  /**
   * - `not-found`: it had no answer to a query of `found`.
   * - `found`: it had one to a query of `missing`.
   * - `failed`: it threw, or what it said was refused; `error` says why.
   * - `duplicate`: asked a second time, it made a second item.
   * - `unstable`: asked a second time, it said something else.
   * - `dropped`: it said an identifier or a link that is none, which was left out.
   * - `request-repeated`: it sent one request, other than a POST, twice within one import.
   */
  readonly code: "not-found" | "found" | "failed" | "duplicate" | "unstable" | "dropped" | "request-repeated";
  readonly query: unknown;
  readonly message: string;
  /** Only with `failed`. */
  readonly error?: AccessionError | undefined;
}

/**
 * Checks what every provider has to keep to, by imports into a catalogue in memory: it answers and fails as values, says
 * the same when it is asked again, and sends no request twice. Checks a background provider inline. The requests of the
 * whole process are watched, so nothing else should send any meanwhile.
 *
 * @returns the problems, none for a provider that is in order; the message of each names what to look at.
 * @throws AccessionError `definition-invalid` for packs that contradict each other.
 * @example
 * const queries = { found: [{ title: "Kindred" }], missing: [{ title: "No such book" }] };
 * expect(await checkProvider(library, queries)).toEqual([]);
 */
export async function checkProvider<K extends Kind>(
  provider: Provider<K>,
  { found, missing, packs = [] }: ProviderCheck<NoInfer<K>>,
): Promise<readonly ProviderProblem[]> {
  const dropped = new Set<string>();
  const catalog = await openTestCatalog({ packs: packsWith(provider, packs), log: logOfDropped(provider, dropped) });
  try {
    const problems: ProviderProblem[] = [];
    for (const query of found) {
      problems.push(...(await checkFound(catalog, provider, query)));
      for (const why of dropped) problems.push({ code: "dropped", query, message: `${provider.name}: ${why}.` });
      dropped.clear();
    }
    for (const query of missing) problems.push(...(await checkMissing(catalog, provider, query)));
    return problems;
  } finally {
    await catalog.close();
  }
}

/** Hears what the engine leaves out of what a provider says. */
function logOfDropped({ name }: Provider, dropped: Set<string>): Log {
  return {
    ...silentLog,
    warn(details) {
      if ("dropped" in details && "provider" in details && details.provider === name)
        dropped.add(String(details.dropped));
    },
  };
}

async function checkFound<K extends Kind>(
  catalog: Catalog,
  provider: Provider<K>,
  query: QueryOf<K>,
): Promise<readonly ProviderProblem[]> {
  const first = await ask(catalog, provider, query, {});
  if (first.outcome?.status !== "contributed") {
    const message = `${provider.name} was to know this, but: ${describeOutcome(first.outcome)}.`;
    return first.problems.length > 0 ? first.problems : [{ code: "not-found", query, message }];
  }
  const second = await ask(catalog, provider, query, { providers: [provider.name] });
  const problems = [...first.problems, ...second.problems];
  if (!first.result || !second.result || !("item" in first.result) || !("item" in second.result)) return problems;
  if (first.result.item?.id !== second.result.item?.id) {
    const message = `${provider.name} made a second item when it was asked again; give it an identity that stays.`;
    return [...problems, { code: "duplicate", query, message }];
  }
  const changes = "difference" in second.result ? second.result.difference : [];
  const changed = changes.map(describeChange);
  if (changed.length === 0 && !sameJson(relatedIds(first.result.item), relatedIds(second.result.item))) {
    changed.push("relations, which lead to other items");
  }
  if (changed.length === 0) return problems;
  const message = `${provider.name} said something else when it was asked again: ${changed.join("; ")}.`;
  return [...problems, { code: "unstable", query, message }];
}

async function checkMissing<K extends Kind>(
  catalog: Catalog,
  provider: Provider<K>,
  query: QueryOf<K>,
): Promise<readonly ProviderProblem[]> {
  const { outcome, problems } = await ask(catalog, provider, query, {});
  if (problems.length > 0 || outcome?.status === "not-found") return problems;
  const message = `${provider.name} was not to know this, but: ${describeOutcome(outcome)}.`;
  return [{ code: "found", query, message }];
}

interface Asked {
  readonly result?: ImportResult;
  /** What became of the provider; absent where the import itself threw. */
  readonly outcome?: ProviderOutcome | undefined;
  readonly problems: readonly ProviderProblem[];
}

async function ask<K extends Kind>(
  catalog: Catalog,
  { name, kind }: Provider<K>,
  query: QueryOf<K>,
  options: ImportOptions,
): Promise<Asked> {
  const failed = (error: AccessionError): ProviderProblem => ({
    code: "failed",
    query,
    message: `${error.code}: ${error.message}`,
    error,
  });
  try {
    const { result, repeated } = await observeRequests(() => catalog.import<Kind>(kind, query, options));
    const outcome = result.providers.find((one) => one.provider === name);
    const problems = repeated.map((request): ProviderProblem => ({
      code: "request-repeated",
      query,
      message: `${request} was sent more than once in one import.`,
    }));
    return {
      result,
      outcome,
      problems: outcome?.status === "failed" ? [...problems, failed(outcome.error)] : problems,
    };
  } catch (thrown) {
    return { problems: [failed(asDefect(thrown, `Importing with ${name}`))] };
  }
}

/** The packs, with the provider where it is not in one of them yet, and with every kind that its own leads to. */
function packsWith(provider: Provider, packs: readonly Pack[]): readonly Pack[] {
  const isChecked = (one: Provider): boolean => one.name === provider.name && one.kind === provider.kind;
  const inline: Provider = { ...provider, run: "inline" };
  const given = packs.map((pack) => ({
    ...pack,
    importers: pack.importers.map((importer) => ({
      ...importer,
      providers: importer.providers.map((one) => (isChecked(one) ? inline : one)),
    })),
  }));
  const importers = given.flatMap((pack) => pack.importers);
  const isThere = importers.some((importer) => importer.providers.includes(inline));
  const lacking = [...kindsFrom(provider.kind)].filter((kind) => !importers.some((one) => one.kind === kind));
  const added = [...new Set([...(isThere ? [] : [provider.kind]), ...lacking])].map((kind) =>
    defineImporter({ kind, providers: kind === provider.kind ? [inline] : [] }),
  );
  return [...given, definePack({ name: "checked", importers: added })];
}

function kindsFrom(kind: Kind, seen = new Set<Kind>()): ReadonlySet<Kind> {
  if (seen.has(kind)) return seen;
  seen.add(kind);
  // What a kind is related to was declared by `defineKind` as well, and so is a whole kind.
  for (const related of Object.values(kind.relations)) kindsFrom(related as Kind, seen);
  return seen;
}

function relatedIds(item: Item | undefined): readonly string[] {
  return (item?.relations ?? []).map((relation) => `${relation.type} ${relation.position} ${relation.item.id}`);
}

function describeOutcome(outcome: ProviderOutcome | undefined): string {
  switch (outcome?.status) {
    case undefined:
      return "it was not asked";
    case "skipped":
      return `skipped, ${outcome.reason}`;
    case "ambiguous":
      return `ambiguous between ${outcome.candidates.map((one) => one.id).join(", ")}`;
    case "contributed":
    case "failed":
    case "not-found":
    case "queued":
      return outcome.status;
  }
}

function describeChange(change: Change): string {
  if (!("added" in change)) return change.field;
  const parts = [...change.added.map((one) => `+ ${one}`), ...change.removed.map((one) => `- ${one}`)];
  return `${change.field} (${parts.join(", ")})`;
}
