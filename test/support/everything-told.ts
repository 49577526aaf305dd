import { inspect } from "node:util";
import { sql } from "kysely";
import type { Catalog, CatalogEvents, Log, Tracer } from "../../src/index.ts";
import { createRecordingTracer } from "./recording-tracer.ts";

/** Listens wherever a catalogue says something, for tests of what must not be said anywhere. */
export interface EverythingTold {
  readonly log: Log;
  readonly tracer: Tracer;
  /** What was logged and told by events, in order; what else was told, such as a result, is pushed to it. */
  readonly told: unknown[];
  /** Hears the catalogue's events from now on. */
  hear(catalog: Catalog): void;
  /** Everything that anybody was told, or could read in any table, as text; with the messages of errors that nobody enumerates. */
  text(catalog: Catalog): Promise<string>;
}

const events = [
  "item-saved",
  "run-started",
  "run-settled",
  "run-postponed",
  "source-opened",
] as const satisfies readonly (keyof CatalogEvents)[];

/** The value with all that is in it, whether it is enumerated or not. */
export function inside(value: unknown): string {
  return inspect(value, { depth: 30, showHidden: true, maxArrayLength: null, maxStringLength: null });
}

export function createEverythingTold(): EverythingTold {
  const told: unknown[] = [];
  const note = (details: object, message: string): void => void told.push({ ...details, message });
  const { tracer, spans } = createRecordingTracer();
  return {
    log: { debug: note, info: note, warn: note, error: note },
    tracer,
    told,
    hear(catalog) {
      for (const type of events) catalog.on(type, (event) => told.push(event));
    },
    async text(catalog) {
      const { rows: tables } = await sql<{ schema: string; name: string }>`
        select table_schema as schema, table_name as name from information_schema.tables
        where table_schema in ('accession', 'accession_jobs')`.execute(catalog.kysely);
      const rows: unknown[] = [];
      for (const { schema, name } of tables)
        rows.push(
          (await sql`select to_jsonb(t) as row from ${sql.table(`${schema}.${name}`)} t`.execute(catalog.kysely)).rows,
        );
      return `${JSON.stringify(rows)}${inside([told, spans])}`;
    },
  };
}
