/** The flags of every command that asks providers. */
export interface AskFlags {
  readonly force?: boolean | undefined;
  /** Names with commas between them. */
  readonly providers?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Run what is queued, and wait for it. */
  readonly wait?: boolean | undefined;
  readonly match?: string | undefined;
  readonly reject?: readonly string[] | undefined;
}

/** The flags of `import artist`. */
export interface ArtistFlags extends AskFlags {
  readonly mbid?: string | undefined;
  readonly country?: string | undefined;
  readonly type?: string | undefined;
  readonly born?: string | undefined;
  readonly disambiguation?: string | undefined;
}

/** The flags of `import album`. */
export interface AlbumFlags extends AskFlags {
  readonly mbid?: string | undefined;
  /** A name, or an artist of the catalogue by id or identifier. */
  readonly artist?: string | undefined;
  readonly year?: string | undefined;
  readonly type?: string | undefined;
}

/** The flags of `import song`. */
export interface SongFlags extends AskFlags {
  readonly mbid?: string | undefined;
  readonly isrc?: string | undefined;
  /** A name, or an artist of the catalogue by id or identifier. */
  readonly artist?: string | undefined;
  readonly year?: string | undefined;
}

/** The flags of `import release`. */
export interface ReleaseFlags extends AskFlags {
  readonly mbid?: string | undefined;
  readonly barcode?: string | undefined;
  /** A name, or an artist of the catalogue by id or identifier. */
  readonly artist?: string | undefined;
  readonly year?: string | undefined;
  readonly country?: string | undefined;
  readonly status?: string | undefined;
}

/** The flags of `import releases` and `import albums`. */
export interface ManyFlags {
  readonly mbid?: string | undefined;
  readonly where: readonly string[];
  /** Only what people call an album: no singles, no compilations, no live albums. */
  readonly studio?: boolean | undefined;
  /** Kinds to complete in the background, with commas between them. */
  readonly complete?: string | undefined;
  readonly background?: boolean | undefined;
  readonly restart?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

/** The flags of `enrich`; those below go with `--provider` and without an item. */
export interface EnrichFlags extends AskFlags {
  readonly provider?: string | undefined;
  /** `artist`, or `music.artist`. */
  readonly kind?: string | undefined;
  readonly missing?: boolean | undefined;
  readonly failed?: boolean | undefined;
  /** A number with its unit, such as `30d`. */
  readonly olderThan?: string | undefined;
  readonly limit?: number | undefined;
}
