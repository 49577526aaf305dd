import { AccessionError, asDefect } from "./errors.ts";
import type { Log } from "./log.ts";
import { createMasking } from "./masking.ts";

/** What nobody may read, known by value: wherever it turns up, it becomes `***`. */
export interface Secrets {
  /** The text without the secrets. */
  mask(text: string): string;
  /**
   * What somebody logs, without the secrets; the very same where it holds none, at no cost where none is known. Where it
   * does, lists, objects, maps and sets are copied, their keys and values masked, functions left out; errors are made anew
   * as {@link maskThrown} makes them.
   */
  maskValue(value: unknown): unknown;
  /**
   * What was thrown, with its causes, without the secrets; the very same where it holds none. Where it does, it is made anew
   * with what a log shows of it: name, message, stack, cause, and its own values, all masked.
   */
  maskThrown(thrown: unknown): unknown;
  /** {@link maskThrown} for an error of ours, which stays one. */
  maskError(error: AccessionError): AccessionError;
  /**
   * From now on, this value is a secret too. Of each source the last 20 are kept, so that a server that renews its tokens
   * for months looks for no more than that; one that is learnt again counts as new. What was known from the start stays.
   */
  learn(source: string, value: string): void;
}

/** Shorter ones are part of ordinary words, and are not looked for. */
const shortest = 4;
/** Values of one source that are kept: each Authorization header is two, itself and the credential in it. */
const mostLearnt = 20;

/**
 * Knows secrets by their values, as they are and as JSON, URLs and forms spell them, blanks around them left out. Values of
 * fewer than 4 characters are not looked for.
 *
 * @param values those that are known from the start; they are never forgotten.
 */
export function createSecrets(values: readonly (string | undefined)[]): Secrets {
  const named = new Set(values.map((value) => value?.trim() ?? ""));
  const always = [...named].flatMap(spellingsOf);
  /** The spellings of what was learnt, by source and value, the oldest first. */
  const learnt = new Map<string, Map<string, readonly string[]>>();
  let search = searchFor(always);
  // As text, since what is thrown may have anything for a message.
  const mask = (text: unknown): string => search.mask(String(text));
  const masking = createMasking(mask);
  const masked = (value: unknown): unknown => (search.isEmpty ? value : masking.maskValue(value));
  return {
    mask,
    maskValue: masked,
    maskThrown: masked,
    maskError: (error) => (search.isEmpty ? error : masking.maskError(error)),
    learn(source, given) {
      const value = given.trim();
      if (named.has(value) || value.length < shortest) return;
      const kept = learnt.get(source) ?? new Map<string, readonly string[]>();
      const known = kept.get(value);
      kept.delete(value);
      kept.set(value, known ?? spellingsOf(value));
      if (known !== undefined) return;
      const [oldest] = kept.keys();
      if (kept.size > mostLearnt && oldest !== undefined) kept.delete(oldest);
      learnt.set(source, kept);
      search = searchFor([...always, ...[...learnt.values()].flatMap((one) => [...one.values()].flat())]);
    },
  };
}

function spellingsOf(secret: string): readonly string[] {
  if (secret.length < shortest) return [];
  const plain = secret.toWellFormed();
  const form = new URLSearchParams({ secret: plain }).toString().slice("secret=".length);
  return [...new Set([plain, JSON.stringify(plain).slice(1, -1), encodeURIComponent(plain), form])];
}

/** Looks for all spellings at once. */
interface Search {
  readonly isEmpty: boolean;
  readonly mask: (text: string) => string;
}

/** So many of its first characters tell whether a spelling may be in a text at all. */
const telling = 12;

/**
 * Nearly all texts hold no secret, so that one pattern of the spellings' beginnings, which is quickly made and quickly
 * searched for, has to tell that.
 */
function searchFor(spellings: readonly string[]): Search {
  if (spellings.length === 0) return { isEmpty: true, mask: (text) => text };
  const beginnings = new Set(spellings.map((one) => one.slice(0, telling)));
  const pattern = [...beginnings].map((one) => one.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join("|");
  const suspicion = new RegExp(pattern);
  // One may be a part of another, of which nothing may be left.
  const longestFirst = spellings.toSorted((left, right) => right.length - left.length);
  const mask = (text: string): string =>
    suspicion.test(text) ? longestFirst.reduce((said, one) => said.replaceAll(one, "***"), text) : text;
  return { isEmpty: false, mask };
}

/**
 * The error for what a provider threw, the secrets masked: what everything else is told, the ledger, results, events and
 * jobs. What is no AccessionError is a bug, and is logged with its stack.
 *
 * @param told how the log names such a bug, and what it says beside.
 */
export function failureOf(
  { log, secrets }: { readonly log: Log; readonly secrets: Secrets },
  thrown: unknown,
  where: string,
  told: { readonly message: string; readonly details?: Readonly<Record<string, unknown>> },
): AccessionError {
  const error = secrets.maskError(asDefect(thrown, where));
  const err = thrown instanceof AccessionError ? error : error.cause;
  if (error.code === "defect") log.error({ err, ...told.details }, told.message);
  return error;
}
