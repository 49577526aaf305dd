import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { contributionData } from "../engine/contribution.ts";
import { imageDescription } from "../engine/image.ts";
import { type ItemId, type ItemSummary, itemId } from "../engine/item.ts";
import type { JsonValue } from "../engine/json.ts";
import type { StoredContribution } from "../engine/merge.ts";
import { runStates } from "../engine/run.ts";
import type { StoredItem } from "../engine/store.ts";
import { moment } from "./moment.ts";

const json = z.record(z.string(), z.custom<JsonValue>());
const summary = z.object({ id: itemId, kind: z.string(), title: z.string() });
const absent = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().transform((value) => value ?? undefined);

const itemRow = z
  .object({
    id: itemId,
    kind: z.string(),
    title: z.string(),
    attributes: json,
    version: z.number(),
    created_at: moment,
    updated_at: moment,
    identifiers: z.array(z.object({ scheme: z.string(), value: z.string(), provider: z.string() })),
    categories: z.array(
      z.object({ type: z.string(), name: z.string(), weight: z.number().optional(), provider: z.string() }),
    ),
    relations: z.array(
      z.object({ type: z.string(), position: z.number(), attributes: json, provider: z.string(), item: summary }),
    ),
    links: z.array(z.object({ type: z.string(), url: z.string(), attributes: json, provider: z.string() })),
    images: z.array(
      z.object({
        type: z.string(),
        url: z.string(),
        ...imageDescription.shape,
        original: absent(imageDescription.shape.original.unwrap()),
        provider: z.string(),
      }),
    ),
    runs: z.array(
      z.object({
        provider: z.string(),
        state: z.enum(runStates),
        attempt: z.number(),
        error: absent(z.object({ code: z.string(), message: z.string() })),
        requests: z.number(),
        microdollars: z.number(),
        tokens: z.number(),
        startedAt: moment,
        finishedAt: absent(moment),
        nextAt: absent(moment),
        jobId: absent(z.string()),
      }),
    ),
  })
  .transform(({ created_at, updated_at, runs, ...item }): StoredItem => ({
    item: { ...item, createdAt: created_at, updatedAt: updated_at },
    runs,
  }));

/** Reads the rows of {@link selectItems}. */
export function readItems(rows: readonly unknown[]): readonly StoredItem[] {
  return rows.map((row) => itemRow.parse(row));
}

/**
 * Items with all that they show, and their runs, in one statement: the associations of each as one JSON column.
 *
 * @param where which items, of the alias `i`.
 */
export function selectItems(schema: string, where: RawBuilder<unknown>): RawBuilder<unknown> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  return sql`
    select i.id, i.kind, i.title, i.attributes, i.categories, i.links, i.version, i.created_at, i.updated_at,
      (select coalesce(json_agg(json_build_object(
          'scheme', x.scheme, 'value', x.value, 'provider', x.provider
        ) order by x.position, x.scheme, x.value), '[]')
        from ${table("identifier")} x where x.item_id = i.id) as identifiers,
      (select coalesce(json_agg(json_build_object(
          'type', r.type, 'position', r.position, 'attributes', r.attributes, 'provider', r.provider,
          'item', json_build_object('id', t.id, 'kind', t.kind, 'title', t.title)
        ) order by r.type, r.position, t.id), '[]')
        from ${table("relation")} r join ${table("item")} t on t.id = r.to_id where r.from_id = i.id) as relations,
      (select coalesce(json_agg(json_build_object(
          'type', m.type, 'url', m.url, 'key', m.key, 'width', m.width, 'height', m.height, 'mediaType', m.media_type,
          'colour', m.colour, 'thumbnail', m.thumbnail, 'original', m.original, 'provider', m.provider
        ) order by m.position, m.type), '[]')
        from ${table("image")} m where m.item_id = i.id) as images,
      (select coalesce(json_agg(json_build_object(
          'provider', p.provider, 'state', p.state, 'attempt', p.attempt, 'error', p.error, 'requests', p.requests,
          'microdollars', p.microdollars, 'tokens', p.tokens, 'nextAt', p.next_at,
          'startedAt', p.started_at, 'finishedAt', p.finished_at, 'jobId', p.job_id
        ) order by p.provider), '[]')
        from ${table("provider_run")} p where p.item_id = i.id) as runs
    from ${table("item")} i
    where ${where}
    order by i.id`;
}

const contributionRow = z
  .object({
    root: itemId,
    item_id: z.string(),
    provider: z.string(),
    partial: z.boolean(),
    fetched_at: moment,
    data: contributionData,
  })
  .transform(({ root, item_id, fetched_at, ...row }) => ({
    root,
    contribution: { ...row, itemId: item_id, fetchedAt: fetched_at } satisfies StoredContribution,
  }));

/** Reads rows of the table `contribution`, each with the item that it counts for. */
export function readContributions(
  rows: readonly unknown[],
): readonly { readonly root: ItemId; readonly contribution: StoredContribution }[] {
  return rows.map((row) => contributionRow.parse(row));
}

/** Reads rows with an id, a kind and a title. */
export function readSummaries(rows: readonly unknown[]): readonly ItemSummary[] {
  return rows.map((row) => summary.parse(row));
}
