import { z } from "zod";

/**
 * The JSON documents that the command prints with `--json`, one per run; docs/json-output.md describes the same. Keys are
 * only ever added. Commands build their documents as these types; nothing but tests and other programs parses with them.
 */

const attributes = z.record(z.string(), z.json());

/** An image as the image store has it. */
const rendition = z.strictObject({ key: z.string(), width: z.int(), height: z.int() });

/** An item of the catalogue. */
export const itemDocument = z.strictObject({
  id: z.uuid(),
  kind: z.string(),
  title: z.string(),
  attributes,
  identifiers: z.array(z.strictObject({ scheme: z.string(), value: z.string(), provider: z.string() })),
  categories: z.array(
    z.strictObject({ type: z.string(), name: z.string(), provider: z.string(), weight: z.number().optional() }),
  ),
  relations: z.array(
    z.strictObject({
      type: z.string(),
      position: z.int(),
      attributes,
      provider: z.string(),
      item: z.strictObject({ id: z.uuid(), kind: z.string(), title: z.string() }),
    }),
  ),
  links: z.array(z.strictObject({ type: z.string(), url: z.string(), attributes, provider: z.string() })),
  images: z.array(
    z.strictObject({
      type: z.string(),
      url: z.url(),
      ...rendition.shape,
      mediaType: z.string(),
      colour: z.string(),
      thumbnail: rendition,
      /** Absent where it was too large to keep. */
      original: z.strictObject({ ...rendition.shape, mediaType: z.string() }).optional(),
      provider: z.string(),
    }),
  ),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

/** What went wrong, and what to do about it. */
export const errorDocument = z.strictObject({
  /** One of docs/errors.md, or `usage-invalid`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  retryable: z.boolean(),
  /** Milliseconds. */
  retryAfter: z.number().optional(),
});

/** Something that may be meant. */
export const candidateDocument = z.strictObject({
  /** What `--match` takes; for an item of the catalogue, its id. */
  id: z.string(),
  title: z.string(),
  attributes,
  kind: z.string().optional(),
  provider: z.string().optional(),
  identifier: z.strictObject({ scheme: z.string(), value: z.string() }).optional(),
  score: z.number().optional(),
  evidence: z.array(z.strictObject({ feature: z.string(), points: z.number(), detail: z.string() })).optional(),
});

/** What became of a provider. */
export const providerDocument = z.strictObject({
  name: z.string(),
  status: z.enum(["contributed", "not-found", "ambiguous", "queued", "running", "skipped", "failed", "dead"]),
  requests: z.int(),
  error: errorDocument.partial({ remedy: true, retryable: true }).optional(),
  /** Why it was skipped. */
  reason: z.string().optional(),
  /** Of a provider's last run, where an item is shown: ISO 8601, UTC. */
  finishedAt: z.iso.datetime().optional(),
  /** When it comes back; only while it is queued and waits. */
  nextAt: z.iso.datetime().optional(),
  /** Millionths of a US dollar, and tokens of a language model; absent for 0. */
  microdollars: z.int().optional(),
  tokens: z.int().optional(),
  attempt: z.int().optional(),
});

/** A field that changed. */
export const changeDocument = z.union([
  z.strictObject({ field: z.string(), before: z.json().optional(), after: z.json().optional() }),
  z.strictObject({ field: z.string(), added: z.array(z.string()), removed: z.array(z.string()) }),
]);

/** `import` and `enrich`; `edit`, `unlock` and `forget`, which ask no provider. */
export const changedDocument = z.strictObject({
  status: z.enum(["created", "updated", "unchanged", "ambiguous", "not-found", "failed"]),
  item: itemDocument.optional(),
  candidates: z.array(candidateDocument).optional(),
  difference: z.array(changeDocument).optional(),
  providers: z.array(providerDocument),
  /** Requests that left for any source. */
  requests: z.int(),
  dryRun: z.boolean(),
  error: errorDocument.optional(),
});

/** `show`: the item, and for each attribute who says the value shown. */
export const shownDocument = z.strictObject({
  status: z.literal("found"),
  item: itemDocument,
  sources: z.record(z.string(), z.string()),
  providers: z.array(providerDocument),
});

const saidValue = z.strictObject({
  provider: z.string(),
  value: z.json(),
  fetchedAt: z.iso.datetime(),
  /** How it came about: a language model's `model` and `prompt` version. */
  madeBy: z.record(z.string(), z.string()).optional(),
});

/** `explain`. */
export const explainedDocument = z.strictObject({
  status: z.literal("found"),
  item: itemDocument,
  fields: z.array(z.strictObject({ field: z.string(), shown: saidValue, others: z.array(saidValue) })),
  /** What a provider was offered and has rejected, by the source's own id. */
  rejected: z.array(z.strictObject({ provider: z.string(), id: z.string(), title: z.string(), reason: z.string() })),
  providers: z.array(providerDocument),
});

/** `search`. */
export const searchedDocument = z.strictObject({
  status: z.enum(["found", "not-found"]),
  items: z.array(itemDocument),
});

/** `list`: not in an object, so that it can be read as it is written. `export` writes the same items, one a line. */
export const listedDocument = z.array(itemDocument);

/** `export` to a file. */
export const exportedDocument = z.strictObject({
  /** Stopped: broken off, and the file is as it was. */
  status: z.enum(["exported", "stopped"]),
  kind: z.string(),
  format: z.enum(["ndjson", "csv"]),
  /** Those that were read. */
  items: z.int(),
  /** Its absolute path. */
  file: z.string(),
});

/** `merge` and `merge --undo`: the item that is kept, or back. */
export const mergedDocument = z.strictObject({ status: z.enum(["merged", "restored"]), item: itemDocument });

/** `doctor`. */
export const doctorDocument = z.strictObject({
  status: z.enum(["healthy", "unhealthy"]),
  checks: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(["passed", "warning", "failed", "skipped"]),
      detail: z.string(),
      remedy: z.string().optional(),
    }),
  ),
});

/** `config`; passwords are masked. */
export const configDocument = z.strictObject({
  status: z.literal("found"),
  settings: z.array(
    z.strictObject({
      name: z.string(),
      /** null where it is not set. */
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
      from: z.enum(["flag", "environment", "file", "default"]),
      /** The flag, variable or file. */
      where: z.string().optional(),
    }),
  ),
});

/** `sandbox`, printed once it listens. */
export const sandboxDocument = z.strictObject({
  status: z.literal("listening"),
  url: z.url(),
  port: z.int(),
  /** The variables by which a command uses the sandbox. */
  environment: z.record(z.string(), z.string()),
});

/** A name that several items of the catalogue have, where a command takes one. */
export const ambiguousItemDocument = z.strictObject({
  status: z.literal("ambiguous"),
  candidates: z.array(candidateDocument),
});

/** Any command that ended by an error. */
export const failureDocument = z.strictObject({ status: z.literal("error"), error: errorDocument });
