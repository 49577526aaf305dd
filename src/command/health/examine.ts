import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { openCatalogueOf } from "../catalogue.ts";
import type { Invocation } from "../invocation.ts";
import { maskSecrets } from "../output/secrets.ts";
import type { Settings } from "../settings/setting.ts";
import { checkAmazon } from "./amazon.ts";
import { type Check, failed } from "./check.ts";
import { checkLanguageModel } from "./language-model.ts";
import { checkContact, checkMusicBrainz } from "./sources.ts";

/**
 * Looks at Node, the configuration, the database and, when asked, the sources, one after the other. A database folder
 * that is not there yet is not made; one that is there is opened, as every command does.
 */
export async function examine(invocation: Invocation, online: boolean): Promise<readonly Check[]> {
  const node: Check = { name: "node", status: "passed", detail: `Node ${process.versions.node}` };
  let settings: Settings;
  try {
    ({ settings } = await invocation.settings());
  } catch (thrown) {
    return [node, failed("configuration", thrown)];
  }
  const configuration: Check = { name: "configuration", status: "passed", detail: "every setting can be read" };
  const contact = checkContact(settings);
  const checks = [node, configuration, contact, checkAmazon(settings), checkLanguageModel(settings)];
  if (checks.some((check) => check.status === "failed")) return checks;
  if (await isMissingFolder(settings.database))
    return [...checks, await checkParent(settings.database), ...skipSources(online)];
  const begun = performance.now();
  try {
    const catalog = await openCatalogueOf(settings, invocation);
    const took = Math.round(performance.now() - begun);
    const database: Check = {
      name: "database",
      status: "passed",
      detail: `${maskSecrets(settings.database)} opens in ${took} ms; its schema "${settings.schema}" is up to date`,
    };
    return [...checks, database, online ? await checkMusicBrainz(catalog, settings) : notAsked];
  } catch (thrown) {
    return [...checks, failed("database", thrown), ...skipSources(online)];
  }
}

const notAsked: Check = { name: "musicbrainz", status: "skipped", detail: "not asked; --online asks it once" };

function skipSources(online: boolean): readonly Check[] {
  return [
    online ? { ...notAsked, detail: "not asked, since requests are counted in a database that opens" } : notAsked,
  ];
}

async function isMissingFolder(database: string): Promise<boolean> {
  if (/^[a-z][a-z0-9+.-]+:/i.test(database)) return false;
  return (await stat(database).catch(() => undefined)) === undefined;
}

async function checkParent(database: string): Promise<Check> {
  const folder = resolve(database);
  let parent = dirname(folder);
  while (parent !== dirname(parent) && (await stat(parent).catch(() => undefined)) === undefined)
    parent = dirname(parent);
  try {
    await access(parent, constants.W_OK);
  } catch {
    return {
      name: "database",
      status: "failed",
      detail: `there is no folder ${folder} yet, and this user may not make it in ${parent}`,
      remedy: "Name another with --database or ACCESSION_DATABASE, or let this user write there.",
    };
  }
  return { name: "database", status: "passed", detail: `there is no folder ${folder} yet; the first import makes it` };
}
