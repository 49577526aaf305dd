import { z } from "zod";
import { errorDocument, itemDocument } from "./document-schema.ts";

/** What became of many items. */
const countsDocument = z.strictObject({
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Left out by `--where`. */
  filtered: z.int(),
  /** Could not be read or saved. */
  refused: z.int(),
  /** No longer listed by the source. */
  gone: z.int(),
});

/** An item that could not be read or saved. */
const refusalDocument = z.strictObject({
  /** The source's own id, or the place in a file: `line 12`. */
  id: z.string(),
  title: z.string().optional(),
  reason: z.string(),
});

/** `load`. */
export const loadedDocument = z.strictObject({
  /** `stopped`: interrupted; `failed`: it broke off, and `error` says why. */
  status: z.enum(["complete", "stopped", "failed"]),
  kind: z.string(),
  counts: countsDocument,
  /** Documents that were dealt with, those of an earlier run that this one went on from included. */
  done: z.int(),
  /** The first of those that were refused, 100 at most. */
  refused: z.array(refusalDocument),
  /** The file with all that were refused; absent where none was. */
  rejects: z.string().optional(),
  dryRun: z.boolean(),
  /** The command line that goes on from here; absent where all is done, or nothing can be gone on with. */
  resume: z.string().optional(),
  error: errorDocument.optional(),
});

/** `import releases` and `import albums`. */
export const importedManyDocument = z.strictObject({
  /** `stopped`: interrupted; `failed`: it broke off, and `error` says why; `not-found`: there is no such album or artist. */
  status: z.enum(["complete", "stopped", "failed", "not-found"]),
  /** The album, or the artist, that the others belong to. */
  parent: itemDocument.optional(),
  counts: countsDocument,
  /** Items that were dealt with, those of an earlier run that this one went on from included. */
  done: z.int(),
  /** Items in all, where the source says. */
  total: z.int().optional(),
  requests: z.int(),
  pages: z.int(),
  /** The first of those that were refused, 100 at most. */
  refused: z.array(refusalDocument),
  dryRun: z.boolean(),
  /** The command line that goes on from here; absent where all is done. */
  resume: z.string().optional(),
  error: errorDocument.optional(),
});
