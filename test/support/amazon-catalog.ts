import type { Catalog, ImportResult, Log, Pack } from "../../src/index.ts";
import { type AmazonAlbumOptions, type AmazonOptions, type DescriptionOptions, music } from "../../src/music/index.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { openTestCatalog } from "../../src/testing/index.ts";

/** How a sandbox's double of Amazon is reached, without a pause between tries. */
export function amazonOf(sandbox: Sandbox, version: 2 | 3 = 3): AmazonOptions {
  const { amazon } = sandbox;
  return {
    url: amazon.url,
    tokenUrl: amazon.tokenUrl(version),
    credentialVersion: String(version),
    credentialId: amazon.credentialId,
    credentialSecret: amazon.credentialSecret,
    partnerTag: amazon.partnerTag,
    backOff: 1,
  };
}

/** The music pack on a sandbox, with Amazon within the import instead of after it, and no other background provider. */
export function amazonPack(
  sandbox: Sandbox,
  options: AmazonOptions & AmazonAlbumOptions,
  description?: DescriptionOptions,
): Pack {
  const pack = amazonBehind(sandbox, options, description);
  const importers = pack.importers.map((importer) => ({
    ...importer,
    providers: importer.providers.map((provider) => ({ ...provider, run: "inline" as const })),
  }));
  return { ...pack, importers };
}

/** The music pack on a sandbox, with Amazon as its only background provider. */
export function amazonBehind(
  sandbox: Sandbox,
  options: AmazonOptions & AmazonAlbumOptions,
  description?: DescriptionOptions,
): Pack {
  const pack = music({ musicbrainz: { url: sandbox.url }, amazon: options, description });
  const importers = pack.importers.map((importer) => ({
    ...importer,
    providers: importer.providers.filter(({ name, run }) => run === "inline" || name === "amazon"),
  }));
  return { ...pack, importers };
}

/** Opens an empty catalogue in memory on such a pack. */
export async function openAmazonCatalog(
  sandbox: Sandbox,
  options: AmazonOptions & AmazonAlbumOptions = amazonOf(sandbox),
  log?: Log,
): Promise<Catalog> {
  return openTestCatalog({ packs: [amazonPack(sandbox, options)], ...(log && { log }) });
}

/** An album that the sandbox's Amazon sells in several editions. */
export const darkSide = { title: "The Dark Side of the Moon", artist: "Pink Floyd" };

/** Asks Amazon once more. */
export const again = { providers: ["amazon"] };

/** What became of Amazon in an import. */
export function outcomeOf(result: ImportResult) {
  return result.providers.find((one) => one.provider === "amazon");
}

/** The requests that a piece of work sends to the double of Amazon, those for pictures left out, as paths below it. */
export async function amazonRequestsOf<Result>(
  sandbox: Sandbox,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly paths: readonly string[] }> {
  const before = sandbox.requests.length;
  const result = await work();
  const sent = sandbox.requests.slice(before).filter(({ path }) => /^\/amazon\/(?!images\/)/.test(path));
  return { result, paths: sent.map(({ path }) => path.replace("/amazon/", "")) };
}
