import { areas, countryByCode } from "./areas.ts";
import type { AreaName } from "./areas.ts";
import { mbid } from "./mbid.ts";
import type {
  AlbumRecord,
  AliasRecord,
  ArtistRecord,
  ArtistType,
  ArtistUrlRelation,
  CreditRecord,
  EntityRecord,
  Format,
  Gender,
  PrimaryType,
  RatingRecord,
  ReleaseGroupUrlRelation,
  ReleaseRecord,
  ReleaseStatus,
  SecondaryType,
  UrlRecord,
} from "./records.ts";

/** An alias as a data file writes it: the bare name, or the name with what else is known. */
type AliasFacts = string | ({ readonly name: string } & Partial<Omit<AliasRecord, "name">>);

interface EntityFacts<Relation extends string> {
  /** The real identifier where it is known for certain; otherwise left out and made up from the name. */
  readonly id?: string;
  readonly mergedIds?: readonly string[];
  readonly disambiguation?: string;
  readonly annotation?: string;
  readonly aliases?: readonly AliasFacts[];
  readonly genres?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, number>>;
  /** Average (0–5) and number of votes. */
  readonly rating?: readonly [value: number, votes: number];
  /** Default 0.5. */
  readonly popularity?: number;
  readonly urls?: Readonly<Partial<Record<Relation, string | readonly string[]>>>;
}

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

/** An edition as a data file writes it. What is left out comes from the album; `country` is an ISO code. */
interface ReleaseFacts {
  readonly title?: string;
  readonly disambiguation?: string;
  readonly status?: ReleaseStatus;
  readonly date?: string;
  readonly country?: string;
  readonly barcode?: string;
  readonly format?: Format;
  /** Number of tracks; the medium is only stated when it is known. */
  readonly tracks?: number;
}

/** A credit part as a data file writes it. `as` is the credited name where it differs from the artist's. */
interface CreditFacts {
  readonly artist: ArtistRecord;
  readonly as?: string;
  readonly join?: string;
}

/** The plain facts about an album. Without `releases` it gets one official release on its date in the artist's country. */
export interface AlbumFacts extends EntityFacts<ReleaseGroupUrlRelation> {
  readonly title: string;
  readonly by: ArtistRecord | readonly (ArtistRecord | CreditFacts)[];
  /** First release date, partial dates allowed; left out means that nobody knows. */
  readonly date?: string;
  /** Default `"Album"`. */
  readonly primaryType?: PrimaryType | null;
  readonly secondaryTypes?: readonly SecondaryType[];
  readonly releases?: readonly ReleaseFacts[];
}

const articleLast = (name: string): string => name.replace(/^(The|A|An) (.+)$/u, "$2, $1");

const alias = (facts: AliasFacts): AliasRecord => {
  const known = typeof facts === "string" ? { name: facts } : facts;
  return {
    sortName: known.name,
    type: null,
    locale: null,
    primary: false,
    begin: null,
    end: null,
    ...known,
  };
};

const rating = (facts: readonly [number, number] | undefined): RatingRecord =>
  facts === undefined ? { value: null, votes: 0 } : { value: facts[0], votes: facts[1] };

const urls = <Relation extends string>(facts: EntityFacts<Relation>["urls"]): readonly UrlRecord<Relation>[] => {
  const entries = Object.entries(facts ?? {}) as [Relation, string | readonly string[]][];
  return entries.flatMap(([relation, resources]) => [resources].flat().map((resource) => ({ relation, resource })));
};

const entity = (facts: EntityFacts<string>, madeUpId: string): EntityRecord => ({
  id: facts.id ?? madeUpId,
  mergedIds: facts.mergedIds ?? [],
  disambiguation: facts.disambiguation ?? "",
  annotation: facts.annotation ?? null,
  aliases: (facts.aliases ?? []).map(alias),
  genres: facts.genres ?? {},
  tags: facts.tags ?? {},
  rating: rating(facts.rating),
  popularity: facts.popularity ?? 0.5,
});

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

const credits = (by: AlbumFacts["by"]): readonly CreditRecord[] =>
  [by]
    .flat()
    .map((part) =>
      "artist" in part
        ? { artist: part.artist, name: part.as ?? part.artist.name, join: part.join ?? "" }
        : { artist: part, name: part.name, join: "" },
    );

const release = (facts: ReleaseFacts, albumId: string, album: AlbumFacts, position: number): ReleaseRecord => {
  const country = facts.country === undefined ? undefined : countryByCode(facts.country);
  if (facts.country !== undefined && country === undefined) {
    throw new Error(`"${album.title}" has a release in ${facts.country}, which is no country of the data set`);
  }
  return {
    id: mbid("release", albumId, String(position)),
    title: facts.title ?? album.title,
    disambiguation: facts.disambiguation ?? "",
    status: facts.status ?? "Official",
    date: facts.date ?? null,
    country: country ?? null,
    barcode: facts.barcode ?? null,
    media: facts.format === undefined ? [] : [{ format: facts.format, trackCount: facts.tracks ?? 0 }],
  };
};

const onlyRelease = (facts: AlbumFacts, country: string | null | undefined): ReleaseFacts => ({
  ...(facts.date === undefined ? {} : { date: facts.date }),
  ...(facts.date === undefined || country == null ? {} : { country }),
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
  const releases = facts.releases ?? [onlyRelease(facts, owner?.area?.iso)];
  return {
    ...base,
    title: facts.title,
    primaryType: facts.primaryType === undefined ? "Album" : facts.primaryType,
    secondaryTypes: facts.secondaryTypes ?? [],
    firstReleaseDate: facts.date ?? "",
    credits: by,
    releases: releases.map((each, position) => release(each, base.id, facts, position)),
    urls: urls(facts.urls),
  };
};
