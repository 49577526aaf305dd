import v8 from "node:v8";
import { type Catalog, openCatalog } from "../index.ts";
import { music } from "../music/index.ts";
import type { Invocation } from "./invocation.ts";
import { readSettings } from "./settings/read-settings.ts";
import type { Settings } from "./settings/setting.ts";

/**
 * Opens the catalogue that the settings name, until the command ends.
 *
 * @throws AccessionError `configuration-invalid`, or as `openCatalog`.
 */
export async function openCatalogue(invocation: Invocation): Promise<Catalog> {
  const { settings } = await readSettings(invocation);
  return openCatalogueOf(settings, invocation);
}

/** Opens the catalogue of these settings, until the command ends. @throws AccessionError as `openCatalog`. */
export async function openCatalogueOf(settings: Settings, invocation: Invocation): Promise<Catalog> {
  // A command is over before optimised WebAssembly could pay, and V8 would hold its end up by two seconds to optimise PGlite.
  v8.setFlagsFromString("--wasm-tiering-budget=2000000000");
  const { database, schema, musicbrainzUrl: url, contact, offline, snapshots } = settings;
  const pino = invocation.output.verbose ? await import("pino") : undefined;
  const catalog = await openCatalog({
    database,
    schema,
    packs: [music({ musicbrainz: { url, contact } })],
    offline,
    ...(!snapshots && { snapshots: false }),
    // One JSON object a line, written at once, so that nothing is missing should the process end abruptly.
    log: pino?.pino({ name: "accession", level: "debug" }, pino.destination({ dest: 2, sync: true })),
  });
  invocation.closeAtEnd(catalog);
  return catalog;
}
