import type { Pack } from "../../src/index.ts";

/**
 * The pack with its providers of this name run within the import, where a test can look at what they come to.
 *
 * @param deadline milliseconds that one run may take. Default: the provider's own.
 */
export function withInline(pack: Pack, name: string, deadline?: number): Pack {
  return {
    ...pack,
    importers: pack.importers.map((importer) => ({
      ...importer,
      providers: importer.providers.map((one) =>
        one.name === name ? { ...one, run: "inline", deadline: deadline ?? one.deadline } : one,
      ),
    })),
  };
}
