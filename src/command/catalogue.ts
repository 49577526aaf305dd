import { type Catalog, openCatalog } from "../index.ts";
import { music } from "../music/index.ts";
import type { Invocation } from "./invocation.ts";
import { readSettings } from "./settings/read-settings.ts";
import type { Settings } from "./settings/setting.ts";

/**
 * Opens the catalogue that the settings name.
 *
 * @throws AccessionError `configuration-invalid`, or as `openCatalog`.
 */
export async function openCatalogue(invocation: Invocation): Promise<Catalog> {
  const { settings } = await readSettings(invocation);
  return openCatalogueOf(settings, invocation.output.verbose);
}

/** Opens the catalogue of these settings. @throws AccessionError as `openCatalog`. */
export async function openCatalogueOf(settings: Settings, verbose: boolean): Promise<Catalog> {
  const { database, schema, musicbrainzUrl: url, contact, offline, snapshots } = settings;
  const pino = verbose ? await import("pino") : undefined;
  return openCatalog({
    database,
    schema,
    packs: [music({ musicbrainz: { url, contact } })],
    offline,
    ...(!snapshots && { snapshots: false }),
    // One JSON object a line, written at once, so that nothing is missing should the process end abruptly.
    log: pino?.pino({ name: "accession", level: "debug" }, pino.destination({ dest: 2, sync: true })),
  });
}
