import { type Catalog, openCatalog } from "../index.ts";
import { music } from "../music/index.ts";
import type { Invocation } from "./invocation.ts";
import { prepareCatalogue } from "./prepare-catalogue.ts";
import { amazonOptions } from "./settings/amazon-options.ts";
import { readSettings } from "./settings/read-settings.ts";
import { noImages, type Settings } from "./settings/setting.ts";

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
  const { database, schema, musicbrainzUrl: url, contact, offline, snapshots, images, coverArtArchiveUrl } = settings;
  prepareCatalogue(database);
  const pino = invocation.output.verbose ? await import("pino") : undefined;
  const catalog = await openCatalog({
    database,
    schema,
    packs: [
      music({
        musicbrainz: { url, contact },
        coverArtArchive: { url: coverArtArchiveUrl },
        amazon: amazonOptions(settings),
      }),
    ],
    offline,
    ...(!snapshots && { snapshots: false }),
    images: images === noImages ? false : { folder: images },
    // One JSON object a line, written at once, so that nothing is missing should the process end abruptly.
    log: pino?.pino({ name: "accession", level: "debug" }, pino.destination({ dest: 2, sync: true })),
  });
  invocation.closeAtEnd(catalog);
  return catalog;
}
