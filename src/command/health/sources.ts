import type { Catalog } from "../../index.ts";
import { artist } from "../../music/index.ts";
import { musicbrainzAddress } from "../../music/providers/musicbrainz/address.ts";
import type { Settings } from "../settings/setting.ts";
import { type Check, failed } from "./check.ts";

/** An artist that MusicBrainz, its mirrors and the sandbox all have: Pink Floyd. */
const known = "83d91898-7763-47d7-b03b-b92132375c47";

/** Whether the address of MusicBrainz is one, and whether it can be asked with the contact that is set. */
export function checkContact({ musicbrainzUrl, contact, offline }: Settings): Check {
  let isReal: boolean;
  try {
    isReal = musicbrainzUrl === undefined || musicbrainzAddress(musicbrainzUrl).isReal;
  } catch (thrown) {
    return failed("contact", thrown);
  }
  if (contact !== undefined) return { name: "contact", status: "passed", detail: contact };
  if (!isReal || offline) return { name: "contact", status: "passed", detail: "none, and none is needed" };
  return {
    name: "contact",
    status: "warning",
    detail: "none is set, and musicbrainz.org wants one: what is in the catalogue can be used, imports will fail",
    remedy: "Set --contact or ACCESSION_CONTACT to your e-mail or web address, or try `accession sandbox`.",
  };
}

/** Asks MusicBrainz for one artist, by the path that every import takes, and stores nothing. */
export async function checkMusicBrainz(catalog: Catalog, { musicbrainzUrl, offline }: Settings): Promise<Check> {
  const where = musicbrainzUrl ?? "musicbrainz.org";
  if (offline) return { name: "musicbrainz", status: "skipped", detail: "not asked, since --offline forbids it" };
  try {
    const begun = performance.now();
    const result = await catalog.import(artist, { musicbrainzId: known }, { dryRun: true, forceProviders: true });
    if (result.status === "failed") return failed("musicbrainz", result.error);
    const took = Math.round(performance.now() - begun);
    if (result.status !== "not-found")
      return { name: "musicbrainz", status: "passed", detail: `${where} answers in ${took} ms` };
    return {
      name: "musicbrainz",
      status: "warning",
      detail: `${where} answers in ${took} ms, but does not have the artist ${known}, whom MusicBrainz has`,
      remedy: "Check that --musicbrainz-url or ACCESSION_MUSICBRAINZ_URL names a complete copy.",
    };
  } catch (thrown) {
    return failed("musicbrainz", thrown);
  }
}
