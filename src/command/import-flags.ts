/** The flags of every command that asks providers. */
export interface AskFlags {
  readonly force?: boolean | undefined;
  /** Names with commas between them. */
  readonly providers?: string | undefined;
  readonly dryRun?: boolean | undefined;
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
