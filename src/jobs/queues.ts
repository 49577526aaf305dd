import type { PgBoss } from "pg-boss";
import { AccessionError } from "../engine/errors.ts";
import type { Provider } from "../engine/provider.ts";
import type { Registry } from "../engine/registry.ts";

/** Where the jobs go whose workers died in their hands; no provider's name holds a dot. */
export const deadLetters = "dead.letters";

const second = 1;
const day = 24 * 60 * 60 * second;

/** How often a job may kill its worker before it is put aside: the third time is the last. */
const lastRetry = 2;

/** Seconds without a sign of life after which a job's worker counts as dead; pg-boss allows no fewer than 10. */
export const heartbeat = 10 * second;

/** The providers that jobs can be made for, by name: one queue each, whatever the number of kinds that it serves. */
export function providersByName(registry: Registry): ReadonlyMap<string, readonly Provider[]> {
  const providers = new Map<string, Provider[]>();
  for (const kind of registry.kinds) {
    for (const provider of registry.importer(kind.name).providers) {
      providers.set(provider.name, [...(providers.get(provider.name) ?? []), provider]);
    }
  }
  return providers;
}

/**
 * The providers of this name, of one kind or of all; one at least.
 *
 * @throws AccessionError `provider-unknown`, listing the known ones.
 */
export function requireProvider(
  registry: Registry,
  name: string,
  kind?: string,
): readonly [Provider, ...(readonly Provider[])] {
  const isMeant = (one: Provider): boolean => kind === undefined || one.kind.name === kind;
  const known = [...providersByName(registry)].filter(([, providers]) => providers.some(isMeant));
  const [found, ...others] = new Map(known).get(name)?.filter(isMeant) ?? [];
  if (found) return [found, ...others];
  throw new AccessionError(
    "provider-unknown",
    `${kind ?? "No kind"} has ${kind === undefined ? "a" : "no"} provider "${name.slice(0, 100)}". Known: ${known.map(([one]) => one).join(", ")}.`,
  );
}

/** Makes the queues that are missing, and brings those that are there up to date. */
export async function createQueues(boss: PgBoss, registry: Registry): Promise<void> {
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  if (!existing.has(deadLetters)) {
    const options = { retentionSeconds: 3650 * day, retryLimit: 1000, retryDelay: 10 * second };
    await boss.createQueue(deadLetters, options);
  }
  for (const [name, providers] of providersByName(registry)) {
    const queue = existing.get(name);
    const expireInSeconds = Math.ceil(Math.max(...providers.map((one) => one.deadline)) / 1000) + 60;
    // Tries, and the wait between them, are counted in the ledger: what pg-boss retries is a job whose worker died.
    const options = {
      retryLimit: lastRetry,
      retryDelay: second,
      expireInSeconds,
      heartbeatSeconds: heartbeat,
      retentionSeconds: 3650 * day,
      deleteAfterSeconds: day,
      deadLetter: deadLetters,
      notify: true,
    };
    if (!queue) await boss.createQueue(name, { ...options, policy: "exclusive" });
    else if (queue.expireInSeconds !== expireInSeconds) await boss.updateQueue(name, options);
  }
}
