import { areas } from "./areas.ts";
import type { AreaName } from "./areas.ts";
import { credits, entity, urls } from "./entity-facts.ts";
import type { CreditedTo, EntityFacts } from "./entity-facts.ts";
import { mbid } from "./mbid.ts";
import type {
  AlbumRecord,
  ArtistRecord,
  ArtistType,
  ArtistUrlRelation,
  Gender,
  PrimaryType,
  ReleaseGroupUrlRelation,
  SecondaryType,
} from "./records.ts";
import { madeUpReleases, releaseOf } from "./releases.ts";
import type { ReleaseFacts } from "./releases.ts";
import { recordingMaker } from "./song-facts.ts";
import type { SongFacts } from "./song-facts.ts";

/** The plain facts about an artist. What is left out is unknown; `sortName` follows from the name ("Chicks, The"). */
export interface ArtistFacts extends EntityFacts<ArtistUrlRelation> {
  readonly name: string;
  readonly sortName?: string;
  readonly type?: ArtistType;
  readonly gender?: Gender;
  readonly area?: AreaName;
  readonly beginArea?: AreaName;
  readonly endArea?: AreaName;
  readonly begin?: string;
  /** An end makes the artist ended. */
  readonly end?: string;
  readonly isnis?: readonly string[];
  readonly ipis?: readonly string[];
}

/** The plain facts about an album. Without `releases` or `songs` it gets some that are made up. */
export interface AlbumFacts extends EntityFacts<ReleaseGroupUrlRelation> {
  readonly title: string;
  readonly by: CreditedTo;
  /** First release date, partial dates allowed; left out means that nobody knows. */
  readonly date?: string;
  /** Default `"Album"`. */
  readonly primaryType?: PrimaryType | null;
  readonly secondaryTypes?: readonly SecondaryType[];
  /** Its songs in order, which its releases share. */
  readonly songs?: readonly SongFacts[];
  /** Its editions. Their identifiers follow from their places in this list: add new ones at the end. */
  readonly releases?: readonly ReleaseFacts[];
}

const articleLast = (name: string): string => name.replace(/^(The|A|An) (.+)$/u, "$2, $1");

/**
 * An artist from its plain facts.
 *
 * @example artist({ name: "The Chicks", type: "Group", area: "United States", begin: "1989" })
 */
export const artist = (facts: ArtistFacts): ArtistRecord => ({
  ...entity(facts, mbid("artist", facts.name, facts.disambiguation ?? "")),
  name: facts.name,
  sortName: facts.sortName ?? articleLast(facts.name),
  type: facts.type ?? null,
  gender: facts.gender ?? null,
  area: facts.area === undefined ? null : areas[facts.area],
  beginArea: facts.beginArea === undefined ? null : areas[facts.beginArea],
  endArea: facts.endArea === undefined ? null : areas[facts.endArea],
  begin: facts.begin ?? null,
  end: facts.end ?? null,
  ended: facts.end !== undefined,
  isnis: facts.isnis ?? [],
  ipis: facts.ipis ?? [],
  urls: urls(facts.urls),
});

/**
 * An album (release group) from its plain facts.
 *
 * @example album({ title: "Debut", by: bjork, date: "1993-07-05", genres: { electronic: 9 } })
 * @example album({ title: "My Life in the Bush of Ghosts", by: [{ artist: eno, join: " – " }, byrne], date: "1981-02" })
 */
export const album = (facts: AlbumFacts): AlbumRecord => {
  const by = credits(facts.by);
  const owner = by[0]?.artist;
  const base = entity(facts, mbid("release-group", facts.title, facts.disambiguation ?? "", owner?.id ?? ""));
  const releases = facts.releases ?? madeUpReleases(base.id, facts.date, owner?.area?.iso);
  const recordingOf = recordingMaker({ id: base.id, credits: by, popularity: base.popularity });
  const releaseOwner = { id: base.id, title: facts.title, credits: by, songs: facts.songs ?? null, recordingOf };
  return {
    ...base,
    title: facts.title,
    primaryType: facts.primaryType === undefined ? "Album" : facts.primaryType,
    secondaryTypes: facts.secondaryTypes ?? [],
    firstReleaseDate: facts.date ?? "",
    credits: by,
    releases: releases.map((each, position) => releaseOf(each, releaseOwner, position)),
    urls: urls(facts.urls),
  };
};
