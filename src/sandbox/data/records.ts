import type { AreaRecord } from "./areas.ts";
import type {
  artistAliasTypeIds,
  artistTypeIds,
  artistUrlRelationIds,
  formatIds,
  genderIds,
  primaryTypeIds,
  releaseGroupUrlRelationIds,
  secondaryTypeIds,
  statusIds,
} from "./vocabulary.ts";

/** Kind of artist; null in a record when MusicBrainz would not know it. */
export type ArtistType = keyof typeof artistTypeIds;
/** Gender of a person; null for groups and where unknown. */
export type Gender = keyof typeof genderIds;
/** What an album (release group) is above all. */
export type PrimaryType = keyof typeof primaryTypeIds;
/** What an album (release group) is besides; an album may have several. */
export type SecondaryType = keyof typeof secondaryTypeIds;
/** Whether the rights holder put a release out. */
export type ReleaseStatus = keyof typeof statusIds;
/** What a release comes on. */
export type Format = keyof typeof formatIds;
/** Relationships that an artist may have to a web address. */
export type ArtistUrlRelation = keyof typeof artistUrlRelationIds;
/** Relationships that a release group may have to a web address. */
export type ReleaseGroupUrlRelation = keyof typeof releaseGroupUrlRelationIds;

/** Another name. `begin` and `end` are partial dates, null when unknown; `locale` null means that no language is claimed. */
export interface AliasRecord {
  readonly name: string;
  readonly sortName: string;
  readonly type: keyof typeof artistAliasTypeIds | null;
  readonly locale: string | null;
  readonly primary: boolean;
  readonly begin: string | null;
  readonly end: string | null;
}

/** Average of the votes (0–5, null without votes) and their number. */
export interface RatingRecord {
  readonly value: number | null;
  readonly votes: number;
}

/** A web address and what it is to the entity. */
export interface UrlRecord<Relation extends string = string> {
  readonly relation: Relation;
  readonly resource: string;
}

/** What artists and albums have alike. */
export interface EntityRecord {
  readonly id: string;
  /** Identifiers that were merged into `id`: the service redirects from them. */
  readonly mergedIds: readonly string[];
  /** Empty when the name alone is clear. */
  readonly disambiguation: string;
  readonly annotation: string | null;
  readonly aliases: readonly AliasRecord[];
  /** Votes by genre name. */
  readonly genres: Readonly<Record<string, number>>;
  /** Votes by tag, without those that are genres. */
  readonly tags: Readonly<Record<string, number>>;
  readonly rating: RatingRecord;
  /** 0 (obscure) to 1 (famous): breaks ties between hits of one name. */
  readonly popularity: number;
}

/** An artist, https://musicbrainz.org/doc/Artist. Dates are partial (`"1965"`, `"1988-01"`), null when unknown. */
export interface ArtistRecord extends EntityRecord {
  readonly name: string;
  readonly sortName: string;
  readonly type: ArtistType | null;
  readonly gender: Gender | null;
  readonly area: AreaRecord | null;
  readonly beginArea: AreaRecord | null;
  readonly endArea: AreaRecord | null;
  readonly begin: string | null;
  readonly end: string | null;
  readonly ended: boolean;
  readonly isnis: readonly string[];
  readonly ipis: readonly string[];
  readonly urls: readonly UrlRecord<ArtistUrlRelation>[];
}

/** One part of an artist credit: `name` is what the sleeve says, `join` what follows it (`" & "`, or empty). */
export interface CreditRecord {
  readonly artist: ArtistRecord;
  readonly name: string;
  readonly join: string;
}

/** A release: one edition of an album. `date` and `country` are null when no release event is known. */
export interface ReleaseRecord {
  readonly id: string;
  readonly title: string;
  readonly disambiguation: string;
  readonly status: ReleaseStatus;
  readonly date: string | null;
  readonly country: AreaRecord | null;
  /** null is unknown, the empty string is "has none". */
  readonly barcode: string | null;
  readonly media: readonly { readonly format: Format; readonly trackCount: number }[];
}

/** An album (release group), https://musicbrainz.org/doc/Release_Group. `firstReleaseDate` is empty when unknown. */
export interface AlbumRecord extends EntityRecord {
  readonly title: string;
  readonly primaryType: PrimaryType | null;
  readonly secondaryTypes: readonly SecondaryType[];
  readonly firstReleaseDate: string;
  readonly credits: readonly CreditRecord[];
  readonly releases: readonly ReleaseRecord[];
  readonly urls: readonly UrlRecord<ReleaseGroupUrlRelation>[];
}

/** What a data file holds. */
export interface DataGroup {
  readonly artists: readonly ArtistRecord[];
  readonly albums: readonly AlbumRecord[];
}
