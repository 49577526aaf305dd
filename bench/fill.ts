import { type GeneratedArtist, generateArtist } from "./artists.ts";
import type { PlainConnection } from "./databases.ts";
import { artistRows, type ArtistRows } from "./hand-written.ts";

/** How many artists go into one transaction. */
const batch = 500;

const columns = {
  identifier: "item_id uuid, scheme text, value text, identity boolean, provider text, position int",
  item: "id uuid, kind text, title text, attributes jsonb, categories jsonb, links jsonb, name_keys text[], created_at timestamptz, updated_at timestamptz",
  contribution: "item_id uuid, provider text, data jsonb, fetched_at timestamptz",
  provider_run: "item_id uuid, provider text, state text, started_at timestamptz, finished_at timestamptz",
};

/** Fills an empty catalogue with generated artists, as imports would have left them, and tells the planner of them. */
export async function fill(connection: PlainConnection, from: number, count: number): Promise<void> {
  for (let done = 0; done < count; done += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - done) }, (_, index) => from + done + index);
    await store(connection, numbers.map(generateArtist));
  }
  await connection.query("vacuum analyze");
}

async function store(connection: PlainConnection, artists: readonly GeneratedArtist[]): Promise<void> {
  const rows = artists.map(artistRows);
  const of: Record<keyof typeof columns, (one: ArtistRows) => readonly (readonly unknown[])[]> = {
    item: (one) => [one.item],
    identifier: (one) => one.identifiers,
    contribution: (one) => [one.contribution],
    provider_run: (one) => [one.run],
  };
  await connection.transaction(async (query) => {
    // What is generated is right by construction; checking every reference would double the time.
    await query("set local session_replication_role = replica");
    for (const table of Object.keys(of) as (keyof typeof columns)[]) {
      const definitions = columns[table].split(", ");
      const names = definitions.map((definition) => definition.split(" ")[0] ?? "");
      const objects = rows
        .flatMap(of[table])
        .map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
      await query(
        `insert into accession.${table} (${names.join(", ")})
         select ${definitions.map(readColumn).join(", ")} from json_to_recordset($1::json) as r(${definitions.map(textual).join(", ")})`,
        [JSON.stringify(objects)],
      );
    }
  });
}

/** A JSON column arrives as text that holds JSON, since that is how the rows have it. */
function textual(definition: string): string {
  return definition.replace(/ jsonb$/, " text");
}

function readColumn(definition: string): string {
  const [name, type] = definition.split(" ");
  return type === "jsonb" ? `${name}::jsonb` : `${name}`;
}
