import { v7 as uuid } from "uuid";
import { normaliseName, normaliseWithoutArticle } from "../src/index.ts";
import type { GeneratedArtist } from "./artists.ts";
import type { PlainConnection } from "./databases.ts";

/** Every value that storing an artist takes, table by table, in the order of the statements' columns. */
export interface ArtistRows {
  readonly item: readonly unknown[];
  readonly contribution: readonly unknown[];
  readonly identifiers: readonly (readonly unknown[])[];
  readonly run: readonly unknown[];
}

/** The rows that importing an artist leaves. */
export function artistRows({ said }: GeneratedArtist): ArtistRows {
  const { attributes = {}, identifiers, categories = [], links = [] } = said;
  const id = uuid();
  const now = new Date().toISOString();
  const provider = "generated";
  const names = [
    attributes.name ?? "",
    attributes.sortName ?? "",
    ...(attributes.aliases ?? []).map((one) => one.name),
  ];
  const keys = [...new Set(names.map(normaliseWithoutArticle))];
  const shown = {
    categories: categories.map((one) => ({ ...one, key: normaliseName(one.name), provider })),
    links: links.map((one) => ({ ...one, attributes: {}, provider })),
  };
  const data = {
    attributes,
    identifiers,
    categories,
    relations: [],
    links: links.map((one) => ({ ...one, attributes: {} })),
    images: [],
  };
  return {
    item: [
      id, "music.artist", attributes.name, JSON.stringify(attributes), JSON.stringify(shown.categories),
      JSON.stringify(shown.links), keys, now, now,
    ], // prettier-ignore
    contribution: [id, provider, JSON.stringify(data), now],
    identifiers: identifiers.map((one, index) => [
      id, one.scheme, one.value, one.scheme === "musicbrainz.artist", provider, index + 1,
    ]), // prettier-ignore
    run: [id, provider, "contributed", now, now],
  };
}

/**
 * Stores a new artist as somebody would who writes nothing but the SQL that it takes: one transaction, one statement a
 * table, the identity claimed by the unique index. It knows nothing of merging, provenance or a second run.
 */
export async function storeByHand(connection: PlainConnection, rows: ArtistRows): Promise<void> {
  await connection.transaction(async (query) => {
    const claimed = await query(
      `insert into accession.identifier (item_id, scheme, value, identity, provider, position)
       values ${places(rows.identifiers)}
       on conflict (scheme, value, (case when identity then '00000000-0000-0000-0000-000000000000'::uuid else item_id end)) do nothing returning 1`,
      rows.identifiers.flat(),
    );
    if (claimed.length < rows.identifiers.length) throw new Error("The artist is there already");
    await query(
      `insert into accession.item (id, kind, title, attributes, categories, links, name_keys, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      rows.item,
    );
    await query(
      "insert into accession.contribution (item_id, provider, data, fetched_at) values ($1, $2, $3, $4)",
      rows.contribution,
    );
    await query(
      `insert into accession.provider_run (item_id, provider, state, started_at, finished_at)
       values ($1, $2, $3, $4, $5)`,
      rows.run,
    );
  });
}

/** The places of rows in a statement: `($1, $2), ($3, $4)`. */
function places(rows: readonly (readonly unknown[])[]): string {
  let place = 0;
  return rows.map((row) => `(${row.map(() => `$${(place += 1)}`).join(", ")})`).join(", ");
}
