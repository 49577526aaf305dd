import type { Contribution, Rejection } from "./contribution.ts";
import { AccessionError } from "./errors.ts";
import type { ImagePolicy } from "./image.ts";
import { type Item, person } from "./item.ts";
import type { AttributesOf, Kind, RelationsOf, SchemesOf } from "./kind.ts";
import type { Listing } from "./listing.ts";
import type { Log } from "./log.ts";
import type { Identifier } from "./scheme.ts";
import type { Source } from "./source.ts";

/** What a provider is asked about. */
export interface Sought<K extends Kind = Kind> {
  /** What is known to name it, in the order in which it was learnt. */
  readonly identifiers: readonly Identifier[];
  /** The name asked for, or the item's title; absent for a new item that was asked for by identifier. */
  readonly name?: string | undefined;
  /** What the query, or the item, says of it. */
  readonly expected: { readonly [Field in keyof AttributesOf<K>]?: AttributesOf<K>[Field] | undefined };
  /** Items that it is related to, as the query or the item names them. */
  readonly related: readonly {
    readonly type: string;
    readonly names: readonly string[];
    readonly identifiers: readonly Identifier[];
  }[];
  /** The item as it stands; absent where the catalogue has none yet. */
  readonly item?: Item<K> | undefined;
  /** The first known value in a scheme, or undefined. */
  identifier(scheme: SchemesOf<K>): string | undefined;
}

/** What a provider may use while it works. */
export interface ProviderContext<Client = unknown> {
  /** The client of the provider's source; undefined for a provider that declares none. */
  readonly client: Client;
  /** Aborted on cancellation and at the provider's deadline. */
  readonly signal: AbortSignal;
  /** Masks the secrets of all sources. */
  readonly log: Log;
  /** Notes what the run costs, for the ledger and the budget; what is charged counts even where the run then fails. */
  readonly charge: (cost: Cost) => void;
  /**
   * What this provider has rejected for the item so far, as its contributions say: for one that pays for its judgement. Read
   * when it is called. Absent where there is no item yet, and outside `provide`.
   */
  readonly rejectedBefore?: (() => Promise<readonly Rejection[]>) | undefined;
}

/** What a run costs beside its requests, which are counted by themselves. */
export interface Cost {
  /** Millionths of a US dollar, whole. Default: 0. */
  readonly microdollars?: number;
  /** Tokens of a language model, in and out. Default: 0. */
  readonly tokens?: number;
}

/** Something that a source found under a name. The engine scores it; see `match.ts`. */
export interface Candidate<K extends Kind = Kind> {
  /** What the search said of it; its first identifier in the provider's scheme is the candidate's id. */
  readonly contribution: Contribution<K>;
  /** The source's own score, 0 to 100. Default: none. */
  readonly score?: number | undefined;
  /** Whether the search said all that a look-up would: then it is stored, and `provide` is not called. Default: false. */
  readonly whole?: boolean;
}

/** What became of asking a provider: absence is a value, not an error. */
export type Provision<K extends Kind = Kind> =
  | { readonly status: "contributed"; readonly contribution: Contribution<K> }
  | { readonly status: "not-found" }
  | { readonly status: "skipped"; readonly reason: string }
  | { readonly status: "later"; readonly seconds: number; readonly reason: string };

/** Says that the provider knows the item, and what it knows. */
export function contributed<K extends Kind>(contribution: Contribution<K>): Provision<K> {
  return { status: "contributed", contribution };
}

/** Says that the provider's source does not have the item. */
export const notFound: Provision<never> = { status: "not-found" };

/** Says that the provider does not apply, and why: credentials that are not set, an item without what it needs. */
export function skipped(reason: string): Provision<never> {
  return { status: "skipped", reason };
}

/** Says that the source wants to be asked again, and no sooner than in so many seconds. A job then spends no attempt. */
export function later(seconds: number, reason: string): Provision<never> {
  return { status: "later", seconds, reason };
}

/** How a provider's jobs are run. */
export interface JobPolicy {
  /** Tries until a run that fails is given up as dead, 1 to 20. Default: 5. */
  readonly attempts: number;
  /** Milliseconds before the second try; doubled for each further one, with jitter. Default: 30,000. */
  readonly backOff: number;
  /** Milliseconds that the wait between two tries grows to at most. Default: 3,600,000, an hour. */
  readonly longestBackOff: number;
  /** Jobs at once in one worker process, 1 to 50. Default: 2. */
  readonly concurrency: number;
}

/** What a provider may use up within a day (UTC), over all processes; a job that finds it used up waits for the next. */
export interface Budget {
  /** Requests to its source. Default: no limit. */
  readonly requests?: number | undefined;
  /** Millionths of a US dollar. Default: no limit. */
  readonly microdollars?: number | undefined;
}

/**
 * One source's knowledge of one kind. It says; the engine finds, merges and saves. It never sees the database, so it
 * cannot make a duplicate.
 */
export interface Provider<K extends Kind = Kind, Client = unknown> {
  readonly name: string;
  readonly kind: K;
  /** `inline`: within the import. `background`: as a job, after the import has returned. Default: inline. */
  readonly run: "inline" | "background";
  readonly source?: Source<Client> | undefined;
  /** The scheme of the source's own ids; with `search`, the engine turns a name into one of them. */
  readonly identifiedBy?: string | undefined;
  /** Milliseconds that one run may take. */
  readonly deadline: number;
  readonly job: JobPolicy;
  /** Default: none, it may use what it likes. */
  readonly budget?: Budget | undefined;
  /** How the images that it names are fetched. Default: from any public host. */
  readonly images?: ImagePolicy | undefined;
  /**
   * Why the provider cannot work at all, and what to do about it: credentials that are not set. Then it is skipped, at no
   * cost and without a job. Undefined where it can. Default: it can.
   */
  unavailable?(): string | undefined;
  /**
   * The attributes that it exists to fill. Where a person has said all of them, it is skipped at no cost and without a
   * job: what it said would not be shown. Default: none, it is asked whatever a person has said.
   */
  readonly fills?: readonly string[] | undefined;
  /** Looks for a name. Called only while no identifier in `identifiedBy` is known. */
  search?(sought: Sought<K>, context: ProviderContext<Client>): Promise<readonly Candidate<K>[]>;
  /** Says what the source knows. With `identifiedBy` and `search`, an identifier in that scheme is always known. */
  provide(sought: Sought<K>, context: ProviderContext<Client>): Promise<Provision<K>>;
  /** How the source lists the items that have a relation to one other item, by the relation's type. Default: it lists none. */
  readonly lists?: { readonly [Type in keyof RelationsOf<K> & string]?: Listing<K, Client> } | undefined;
  /**
   * Says what one document of the source's own dump says, once it is parsed; `catalog.load` reads dumps. Whatever it throws
   * rejects the document. Default: it has none.
   */
  read?(document: unknown): Contribution<K>;
}

const hour = 60 * 60 * 1000;
const defaultJob: JobPolicy = { attempts: 5, backOff: 30_000, longestBackOff: hour, concurrency: 2 };

/**
 * Declares a provider of a kind.
 *
 * @param definition.name as people type it: `musicbrainz`. One name may serve several kinds.
 * @param definition.deadline milliseconds that one run may take, waiting for a rate slot included. Default: 120,000.
 * @param definition.job how its jobs are run; each part has a default of its own.
 * @throws AccessionError `definition-invalid` for a bad name, a `search` without `identifiedBy`, an `identifiedBy` that is
 * no identity scheme of the kind, a `fills` that is no attribute of it, or a job policy or a budget out of bounds.
 * @example
 * const openLibrary = defineProvider(book, {
 *   name: "open-library",
 *   identifiedBy: "isbn",
 *   async provide(sought) {
 *     const page = await lookUp(sought.identifier("isbn"));
 *     return page ? contributed({ attributes: { title: page.title } }) : notFound;
 *   },
 * });
 */
export function defineProvider<K extends Kind, Client = undefined>(
  kind: K,
  // The kind alone says what a provider may say: what it does say must not widen the kind.
  definition: Omit<Provider<NoInfer<K>, Client>, "kind" | "run" | "deadline" | "job" | "identifiedBy" | "fills"> & {
    readonly run?: "inline" | "background";
    readonly deadline?: number;
    readonly job?: Partial<JobPolicy>;
    readonly identifiedBy?: SchemesOf<NoInfer<K>>;
    readonly fills?: readonly (keyof AttributesOf<NoInfer<K>> & string)[];
  },
): Provider<K, Client> {
  const { name, identifiedBy, search, run = "inline", deadline = 120_000 } = definition;
  const rule = (holds: boolean, broken: string): void => {
    if (!holds) throw new AccessionError("definition-invalid", `The provider "${name}" of ${kind.name} ${broken}.`);
  };
  rule(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), "needs a name of lower-case words with hyphens");
  rule(name !== person, `may not be named "${person}": that is who edits by hand`);
  rule(deadline > 0, "needs a deadline above 0 ms");
  rule(
    search === undefined || identifiedBy !== undefined,
    "has a search, so it must say which scheme it finds (identifiedBy)",
  );
  rule(
    identifiedBy === undefined ||
      kind.identifiers.some((scheme) => scheme.name === identifiedBy && scheme.uniqueness === "identity"),
    `is identifiedBy "${identifiedBy}", which is no identity scheme of its kind`,
  );
  for (const field of definition.fills ?? [])
    rule(field in kind.fields, `fills "${field}", which is no attribute of its kind`);
  const job = { ...defaultJob, ...definition.job };
  const within = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  rule(within(job.attempts, 1, 20), "needs 1 to 20 attempts");
  rule(within(job.concurrency, 1, 50), "needs a concurrency of 1 to 50");
  rule(within(job.backOff, 1, 24 * hour), "needs a back-off of 1 ms to a day");
  rule(
    within(job.longestBackOff, job.backOff, 7 * 24 * hour),
    "needs a longest back-off between its back-off and a week",
  );
  for (const limit of [definition.budget?.requests, definition.budget?.microdollars])
    rule(limit === undefined || within(limit, 1, Number.MAX_SAFE_INTEGER), "needs a budget of 1 or more");
  return { ...definition, kind, run, deadline, job };
}
