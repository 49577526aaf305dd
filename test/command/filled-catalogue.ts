import { sql } from "kysely";
import { v7 as uuid } from "uuid";
import { openCatalog, type JsonObject } from "../../src/index.ts";
import { music } from "../../src/music/index.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { type CommandEnd, runCommand, startCommand } from "./run-command.ts";

/** A catalogue of artists, and the command on it. */
export interface FilledCatalogue {
  /** Its PostgreSQL database, for a connection of the test's own. */
  readonly database: string;
  readonly ids: readonly string[];
  run(...args: readonly string[]): Promise<CommandEnd>;
  /** As {@link FilledCatalogue.run}, while it runs. */
  start(...args: readonly string[]): ReturnType<typeof startCommand>;
}

/** Makes a catalogue of artists with these attributes, as imports would have left them, without asking anybody. */
export async function fillCatalogue(artists: readonly JsonObject[]): Promise<FilledCatalogue> {
  const database = (await createPostgresDatabase()).url;
  await using catalog = await openCatalog({ database, packs: [music({})] });
  const rows = artists.map((attributes) => ({ id: uuid(), mbid: uuid(), name: attributes["name"], attributes }));
  await sql`
    with made as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, mbid text, name text, attributes jsonb)),
    items as (insert into accession.item (id, kind, title, attributes, name_keys)
      select id, 'music.artist', name, attributes, array[lower(name)] from made)
    insert into accession.identifier (item_id, scheme, value, identity, provider, position)
    select id, 'musicbrainz.artist', mbid, true, 'musicbrainz', 1 from made`.execute(catalog.kysely);
  const options = { environment: { ACCESSION_DATABASE: database } };
  return {
    database,
    ids: rows.map(({ id }) => id),
    run: (...args) => runCommand(args, options),
    start: (...args) => startCommand(args, options),
  };
}
