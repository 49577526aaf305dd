import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { sql } from "kysely";
import { z } from "zod";
import type { SnapshotStore } from "../engine/source.ts";
import type { Database } from "./database.ts";

const [compress, decompress] = [promisify(gzip), promisify(gunzip)];
const snapshotRow = z.object({ status: z.number(), body: z.instanceof(Uint8Array), fetched_at: z.coerce.date() });

/** Snapshots of responses, and how they are kept within bounds. */
export interface Snapshots extends SnapshotStore {
  /**
   * Deletes what is older than `age` milliseconds, then the oldest until the rest, compressed, is within `bytes`. Does
   * nothing where this process has written none.
   */
  prune(limits: { readonly age: number; readonly bytes: number }): Promise<void>;
}

/** Keeps responses in the catalogue's database, compressed. */
export function createSnapshots({ kysely, schema }: Database): Snapshots {
  const table = sql.table(`${schema}.http_snapshot`);
  let written = 0;
  return {
    async read(source, url) {
      const { rows } = await sql`
        select status, body, fetched_at from ${table} where key = ${keyOf(source, url)}`.execute(kysely);
      const [row] = rows.map((one) => snapshotRow.parse(one));
      if (!row) return undefined;
      return { status: row.status, body: (await decompress(row.body)).toString("utf8"), fetchedAt: row.fetched_at };
    },
    async write(source, url, { status, body, fetchedAt }) {
      written += 1;
      await sql`
        insert into ${table} (key, source, url, status, body, fetched_at)
        values (${keyOf(source, url)}, ${source}, ${url}, ${status}, ${await compress(body)}, ${fetchedAt})
        on conflict (key) do update
          set status = excluded.status, body = excluded.body, fetched_at = excluded.fetched_at`.execute(kysely);
    },
    async prune({ age, bytes }) {
      if (written === 0) return;
      written = 0;
      await sql`
        delete from ${table} where fetched_at < now() - make_interval(secs => ${age / 1000}::float8) or key in (
          select key from (
            select key, sum(octet_length(body)) over (order by fetched_at desc, key) as kept from ${table}
          ) by_age where kept > ${bytes}::bigint)`.execute(kysely);
    },
  };
}

function keyOf(source: string, url: string): Buffer {
  return createHash("sha256").update(`${source} ${url}`).digest();
}
