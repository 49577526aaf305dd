import { type RawBuilder, sql } from "kysely";
import type { PgBoss } from "pg-boss";
import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { AccessionError } from "../engine/errors.ts";
import type { BackgroundRun } from "../engine/queue.ts";
import { type ItemId, itemId } from "../engine/item.ts";
import type { Database } from "../store/database.ts";
import { enqueueAll } from "./enqueue-all.ts";
import { requireProvider } from "./queues.ts";

/** Which items a provider is to be run for. */
export interface BackfillOptions {
  readonly provider: string;
  /** Only items of this kind. Default: of every kind that has the provider. */
  readonly kind?: string | undefined;
  /**
   * - `missing`: those that it was never asked about, or where it was skipped.
   * - `failed`: those where its last run failed or is dead.
   * - a number: those whose last run ended that many milliseconds ago or earlier.
   */
  readonly which: "missing" | "failed" | number;
  /** Default: all. */
  readonly limit?: number | undefined;
  /** Only count. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Stops between two batches; what was enqueued stays so, and the same call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each batch how many of how many are enqueued. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** What filling came to. */
export interface Backfilled {
  /** Items that the options meant. */
  readonly total: number;
  /** Jobs made; in a dry run, none. */
  readonly enqueued: number;
}

const batch = 2_000;
/** Before the id of every item. */
const nobody = itemId.parse("00000000-0000-0000-0000-000000000000");
const meantRow = z.object({ itemId, kind: z.string() });
const countRow = z.object({ total: z.coerce.number() });

/**
 * Enqueues a provider for the items of a whole catalogue, a few thousand a transaction. What is enqueued is no longer meant
 * by the same options, so a call that was broken off goes on where it stopped.
 *
 * @throws AccessionError `provider-unknown`, listing the known ones; `configuration-invalid` for a provider that cannot
 * work, saying why.
 */
export async function backfill(
  database: Database,
  engine: Engine,
  boss: () => Promise<PgBoss>,
  options: BackfillOptions,
): Promise<Backfilled> {
  const providers = requireProvider(engine.registry, options.provider, options.kind);
  const [provider] = providers;
  const why = provider.unavailable?.();
  if (why !== undefined) throw new AccessionError("configuration-invalid", `${provider.name} cannot work: ${why}`);

  const kinds = providers.map((one) => one.kind.name);
  const executor = database.kysely.withoutPlugins();
  const now = Date.now();
  const meant = (after: ItemId) => meantItems(database.schema, options, kinds, { after, now });
  const counted = await sql`select count(*) as total ${meant(nobody)}`.execute(executor);
  const total = Math.min(countRow.parse(counted.rows[0]).total, options.limit ?? Infinity);
  if (options.dryRun === true) return { total, enqueued: 0 };
  const fresh = options.which !== "missing";
  /** The next runs to enqueue: one that a worker has skipped meanwhile is meant again, but not by this call. */
  async function following(last: BackgroundRun | undefined, most: number): Promise<readonly BackgroundRun[]> {
    if (most <= 0) return [];
    const { rows } = await sql`
      select i.id as "itemId", i.kind ${meant(last?.itemId ?? nobody)}
      order by i.id limit ${Math.min(batch, most)}`.execute(executor);
    return rows.map((row) => ({ ...meantRow.parse(row), provider: options.provider, fresh }));
  }
  let enqueued = 0;
  let runs = await following(undefined, total);
  while (runs.length > 0 && options.signal?.aborted !== true) {
    const last = runs.at(-1);
    // The next ones are looked for while these are enqueued.
    const [made, next] = await Promise.all([
      enqueueAll(database, await boss(), runs),
      following(last, total - enqueued - runs.length),
    ]);
    enqueued += made;
    options.onProgress?.(enqueued, total);
    // Fewer jobs were made than wanted where some were there already: the limit then leaves room for more.
    runs = next.length > 0 ? next : await following(last, total - enqueued);
  }
  return { total, enqueued };
}

/**
 * The items that the options mean, with ids beyond one. Their runs are bounded too: a merge join of the two tables would else
 * read the runs from the first on, batch after batch.
 */
function meantItems(
  schema: string,
  { provider, which }: BackfillOptions,
  kinds: readonly string[],
  { after, now }: { readonly after: ItemId; readonly now: number },
): RawBuilder<unknown> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  const run = sql`select from ${table("provider_run")} p
    where p.item_id = i.id and p.item_id > ${after}::uuid and p.provider = ${provider}`;
  const condition =
    which === "missing"
      ? sql`not exists (${run} and p.state <> 'skipped')`
      : which === "failed"
        ? sql`exists (${run} and p.state in ('failed', 'dead'))`
        : sql`exists (${run} and p.finished_at <= ${new Date(now - which).toISOString()})`;
  return sql`from ${table("item")} i
    where i.kind = any(${[...kinds]}::text[]) and i.merged_into is null and i.id > ${after}::uuid and ${condition}`;
}
