import { AccessionError } from "../index.ts";
import { musicbrainzIdField } from "../music/query-fields.ts";

/** What MusicBrainz has pages of that some command takes. */
export type Entity = Parameters<typeof musicbrainzIdField>[0];

/** What a page is about, and the commands that take its address, each with what it then imports. */
const pages: {
  readonly [Name in Entity]: { readonly about: string; readonly takers: Readonly<Record<string, string>> };
} = {
  artist: {
    about: "an artist",
    takers: { "import artist": "the artist", "import albums": "all albums of the artist" },
  },
  "release-group": {
    about: "an album (a release group)",
    takers: { "import album": "the album", "import releases": "all its editions" },
  },
  release: { about: "a release, one edition of an album", takers: { "import release": "it" } },
  recording: { about: "a song (a recording)", takers: { "import song": "it" } },
  series: { about: "a series", takers: { "import list": "it as a list" } },
};

const address = /^https?:\/\/(?:[a-z]+\.)?musicbrainz\.org\/([a-z-]+)\/([^/?#]+)/i;

/**
 * The MusicBrainz id that `--mbid` gives, by itself or as the address of a page; undefined where it is not given.
 *
 * @param entity of what it has to be.
 * @throws AccessionError `query-invalid` for anything else; of another thing's page it says what takes that.
 */
export function readMusicbrainzId(text: string, entity: Entity): string;
export function readMusicbrainzId(text: string | undefined, entity: Entity): string | undefined;
export function readMusicbrainzId(text: string | undefined, entity: Entity): string | undefined {
  if (text === undefined) return undefined;
  const parsed = musicbrainzIdField(entity).safeParse(text);
  if (parsed.success) return parsed.data;
  const wanted = pages[entity].about;
  const [, name = "", id = ""] = address.exec(text.trim()) ?? [];
  const remedy = `Give the address of a page about ${wanted}: https://musicbrainz.org/${entity}/…`;
  if (name === "" || name === entity) {
    const message = `"${text.slice(0, 100)}" is neither a MusicBrainz id, which is a UUID, nor the address of a page of musicbrainz.org about ${wanted}.`;
    throw new AccessionError("query-invalid", message, { remedy });
  }
  const page = isEntity(name) ? pages[name] : undefined;
  const message = `${text.trim().slice(0, 100)} is a page about ${page?.about ?? `something else (${name.slice(0, 20)})`}, and --mbid takes one about ${wanted} here.`;
  if (!page) throw new AccessionError("query-invalid", message, { remedy });
  const ways = Object.entries(page.takers).map(
    ([words, what]) => `\`accession ${words} --mbid ${id}\` imports ${what}`,
  );
  throw new AccessionError("query-invalid", message, { remedy: `${ways.join("; ")}.` });
}

/** Refuses an address in the place of a name, which no item has. @throws AccessionError `query-invalid`. */
export function refuseAddress(name: string | undefined, operand: string): void {
  if (name === undefined || !address.test(name.trim())) return;
  const message = `${operand} is an address of musicbrainz.org, which --mbid takes.`;
  throw new AccessionError("query-invalid", message, { remedy: `Write --mbid ${name.trim().slice(0, 100)} instead.` });
}

function isEntity(name: string): name is Entity {
  return Object.hasOwn(pages, name);
}
