import type { AreaRecord } from "./areas.ts";
import type {
  artistAliasTypeIds,
  artistTypeIds,
  artistUrlRelationIds,
  formatIds,
  genderIds,
  labelTypeIds,
  packagingIds,
  primaryTypeIds,
  releaseGroupUrlRelationIds,
  releaseUrlRelationIds,
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
/** What a release is wrapped in. */
export type Packaging = keyof typeof packagingIds;
/** Relationships that an artist may have to a web address. */
export type ArtistUrlRelation = keyof typeof artistUrlRelationIds;
/** Relationships that a release group may have to a web address. */
export type ReleaseGroupUrlRelation = keyof typeof releaseGroupUrlRelationIds;
/** Relationships that a release may have to a web address. */
export type ReleaseUrlRelation = keyof typeof releaseUrlRelationIds;

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

/** What artists, albums, releases and recordings have alike. */
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

/**
 * A recording, https://musicbrainz.org/doc/Recording: what the tracks of several releases have in common. `length` is in
 * milliseconds, null when unknown.
 */
export interface RecordingRecord extends EntityRecord {
  readonly title: string;
  readonly length: number | null;
  readonly video: boolean;
  readonly credits: readonly CreditRecord[];
  readonly isrcs: readonly string[];
}

/** A recording as a medium has it. `number` is what is printed (`"A1"`); `position` counts, and is 0 before the first. */
export interface TrackRecord {
  readonly id: string;
  readonly position: number;
  readonly number: string;
  readonly title: string;
  readonly length: number | null;
  readonly credits: readonly CreditRecord[];
  readonly recording: RecordingRecord;
}

/** A disc or its like, https://musicbrainz.org/doc/Medium. `format` null is unknown. */
export interface MediumRecord {
  readonly id: string;
  readonly position: number;
  readonly title: string;
  readonly format: Format | null;
  /** The track hidden before the first one. */
  readonly pregap: TrackRecord | null;
  readonly tracks: readonly TrackRecord[];
  /** Tracks that only a computer plays. */
  readonly dataTracks: readonly TrackRecord[];
}

/** A label, https://musicbrainz.org/doc/Label. */
export interface LabelRecord {
  readonly id: string;
  readonly name: string;
  readonly type: keyof typeof labelTypeIds | null;
  /** The LC code; null when there is none. */
  readonly code: number | null;
}

/** When and where a release came out. */
export interface ReleaseEvent {
  readonly date: string | null;
  readonly area: AreaRecord | null;
}

/**
 * A release: one edition of an album, https://musicbrainz.org/doc/Release. `date` and `country` are those of the first
 * event, null when no event is known.
 */
export interface ReleaseRecord extends EntityRecord {
  readonly title: string;
  readonly status: ReleaseStatus | null;
  readonly events: readonly ReleaseEvent[];
  readonly date: string | null;
  readonly country: AreaRecord | null;
  /** null is unknown, the empty string is "has none". */
  readonly barcode: string | null;
  readonly packaging: Packaging | null;
  /** ISO 639-3. */
  readonly language: string | null;
  /** ISO 15924. */
  readonly script: string | null;
  readonly asin: string | null;
  readonly labels: readonly { readonly label: LabelRecord | null; readonly catalogNumber: string | null }[];
  readonly credits: readonly CreditRecord[];
  /** Made when first asked for. */
  readonly media: readonly MediumRecord[];
  readonly urls: readonly UrlRecord<ReleaseUrlRelation>[];
  /** Fields that a browse page gets wrong; such a release is in no search and no lookup. null is the ordinary case. */
  readonly spoiled: Readonly<Record<string, unknown>> | null;
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
