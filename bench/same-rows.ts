import type { PlainConnection } from "./databases.ts";

/** What a table holds besides ids and times, which are everybody's own. */
const contents: Readonly<Record<string, string>> = {
  item: "kind, title, attributes, categories, links, name_keys, version",
  contribution: "provider, data, partial",
  identifier: "scheme, value, identity, provider, position",
  relation: "type, position, attributes, provider",
  provider_run: "provider, state, attempt, error, requests, job_id",
};

/** For each table, how many rows it holds and a digest of them. */
export async function digestRows(connection: PlainConnection): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const [table, columns] of Object.entries(contents)) {
    const [row] = (await connection.query(
      `select count(*)::int as rows, md5(string_agg(line, ' ' order by line)) as digest
       from (select row(${columns})::text as line from accession.${table}) as lines`,
    )) as readonly { readonly rows: number; readonly digest: string | null }[];
    digests[table] = `${row?.rows} rows, digest ${row?.digest ?? "none"}`;
  }
  return digests;
}

/** @throws Error naming the tables in which two catalogues differ. */
export function requireSameRows(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): void {
  const differing = Object.keys(contents).filter((table) => left[table] !== right[table]);
  if (differing.length === 0) return;
  const told = differing.map((table) => `${table}: ${left[table]} against ${right[table]}`);
  throw new Error(`The two sides do not hold the same rows. ${told.join("; ")}`);
}
