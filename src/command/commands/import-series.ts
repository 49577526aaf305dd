import { AccessionError } from "../../index.ts";
import { list } from "../../music/index.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { readMusicbrainzId } from "../musicbrainz-page.ts";
import type { ListImportFlags } from "./import-list.ts";
import { importItem } from "./import-one.ts";

/** Flags of `import list` that say how the lines of a file are read and reported on; a series has none. */
const fileFlags = ["kind", "name", "map", "report", "limit"] as const;

/**
 * `accession import list --mbid`: a series of MusicBrainz, with all its entries in their order. MusicBrainz is asked each
 * time: people change series, and whoever imports one again wants it as it is now, or repaired.
 */
export async function importSeries(
  invocation: Invocation,
  file: string | undefined,
  flags: ListImportFlags & { readonly mbid: string },
): Promise<ExitCode> {
  if (file !== undefined) throw new AccessionError("query-invalid", "Give either a FILE or --mbid, not both.");
  const flag = fileFlags.find((one) => flags[one] !== undefined);
  if (flag !== undefined) {
    const message = `--${flag} goes with a FILE: a series is stored whole, as MusicBrainz has it. Write \`accession import list --mbid ID\`, with --dry-run or without.`;
    throw new AccessionError("query-invalid", message);
  }
  const musicbrainzId = readMusicbrainzId(flags.mbid, "series");
  return importItem(
    invocation,
    { dryRun: flags.dryRun, force: true },
    {
      words: ["import", "list"],
      name: undefined,
      given: { mbid: flags.mbid },
      run: (catalog, options) => catalog.import(list, { musicbrainzId }, options),
    },
  );
}
