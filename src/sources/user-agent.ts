/** The version of this package; a test compares it with package.json. */
const version = "0.1.0";

/**
 * How Accession names itself to a source, so that its operators can tell us from others and reach whoever runs it.
 * Source of the form: https://musicbrainz.org/doc/MusicBrainz_API/Rate_Limiting
 *
 * @param contact a web address or e-mail address of whoever runs this. Default: none.
 * @example userAgent("me@example.org"); // "accession/0.1.0 ( me@example.org )"
 */
export function userAgent(contact?: string): string {
  return contact === undefined ? `accession/${version}` : `accession/${version} ( ${contact} )`;
}
