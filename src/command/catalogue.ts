import { type Catalog, type CatalogOptions, openCatalog } from "../index.ts";
import { music } from "../music/index.ts";
import type { Invocation } from "./invocation.ts";
import { createLog } from "./log.ts";
import { prepareCatalogue } from "./prepare-catalogue.ts";
import { amazonOptions } from "./settings/amazon-options.ts";
import { descriptionOptions } from "./settings/description-options.ts";
import { noImages, type Settings } from "./settings/setting.ts";

/**
 * Opens the catalogue that the settings name, until the command ends.
 *
 * @throws AccessionError `configuration-invalid`, or as `openCatalog`.
 */
export async function openCatalogue(invocation: Invocation): Promise<Catalog> {
  const { settings } = await invocation.settings();
  return openCatalogueOf(settings, invocation);
}

/**
 * Opens the catalogue of these settings, until the command ends.
 *
 * @param options what a command needs that others do not. Default: nothing.
 * @throws AccessionError as `openCatalog`.
 */
export async function openCatalogueOf(
  settings: Settings,
  invocation: Invocation,
  { pageCache }: Pick<CatalogOptions, "pageCache"> = {},
): Promise<Catalog> {
  const { database, schema, musicbrainzUrl: url, contact, offline, snapshots, images, coverArtArchiveUrl } = settings;
  prepareCatalogue(database);
  const catalog = await openCatalog({
    database,
    schema,
    pageCache,
    packs: [
      music({
        musicbrainz: { url, contact },
        coverArtArchive: { url: coverArtArchiveUrl },
        amazon: amazonOptions(settings),
        description: descriptionOptions(settings),
      }),
    ],
    offline,
    ...(!snapshots && { snapshots: false }),
    images: images === noImages ? false : { folder: images },
    log: invocation.output.verbose ? await createLog(settings) : undefined,
  });
  invocation.closeAtEnd(catalog);
  return catalog;
}
