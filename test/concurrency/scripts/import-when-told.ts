/**
 * Opens a catalogue, makes itself ready, and imports all that its first argument lists, at once, as soon as a line comes
 * in. Prints `ready`, then one line of JSON: what became of each import.
 */
import { once } from "node:events";
import { openCatalog, type QueryOf } from "../../../src/index.ts";
import { album, artist, music } from "../../../src/music/index.ts";

/** What the script is told. */
export interface Orders {
  readonly database: string;
  readonly url: string;
  /** Milliseconds between two requests, over all processes. */
  readonly interval: number;
  /** The MBID of an artist that is imported before the start, so that the first request of the race is no slower. */
  readonly first?: string | undefined;
  readonly imports: readonly (
    | { readonly artist: QueryOf<typeof artist> }
    | { readonly album: QueryOf<typeof album> }
  )[];
}

/** What became of one import. */
export interface Outcome {
  readonly status: string;
  readonly item?: string | undefined;
  readonly error?: string | undefined;
}

const orders = JSON.parse(process.argv[2] ?? "") as Orders;
const { database, url, interval } = orders;
const catalog = await openCatalog({ database, packs: [music({ musicbrainz: { url, interval } })] });
if (orders.first !== undefined) await catalog.import(artist, { musicbrainzId: orders.first });
process.stdout.write("ready\n");
await once(process.stdin, "data");
const outcomes = await Promise.all(
  orders.imports.map(async (order): Promise<Outcome> => {
    const result = await ("artist" in order
      ? catalog.import(artist, order.artist)
      : catalog.import(album, order.album));
    const failures = result.providers.flatMap((one) => (one.status === "failed" ? [one.error.message] : []));
    return { status: result.status, item: "item" in result ? result.item?.id : undefined, error: failures[0] };
  }),
);
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
process.stdin.destroy();
await catalog.close();
