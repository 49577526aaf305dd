import { AccessionError, asDefect } from "./errors.ts";
import type { Log } from "./log.ts";

/** What nobody may read, known by value: wherever it turns up, it becomes `***`. */
export interface Secrets {
  /** The text without the secrets. */
  mask(text: string): string;
  /**
   * What was thrown, with its causes, without the secrets; the very same where it holds none. Where it does, it is made anew
   * with what a log shows of it: name, message, stack, cause, and those of its values that hold no secret.
   */
  maskThrown(thrown: unknown): unknown;
  /** {@link maskThrown} for an error of ours, which stays one. */
  maskError(error: AccessionError): AccessionError;
}

/** Shorter ones are part of ordinary words, and are not looked for. */
const shortest = 4;
/** An error that leads to more than this is not looked through, and counts as one that holds a secret. */
const mostParts = 10_000;
/** Causes of causes that are kept; a chain may be a ring. */
const mostCauses = 10;

/**
 * Knows secrets by their values, as they are and as JSON, URLs and forms spell them. Values of fewer than 4 characters are
 * left out.
 */
export function createSecrets(values: readonly (string | undefined)[]): Secrets {
  const spellings = values
    .flatMap((value) => (value !== undefined && value.length >= shortest ? spellingsOf(value.toWellFormed()) : []))
    // One may be a part of another, of which nothing may be left.
    .toSorted((left, right) => right.length - left.length);
  // As text, since what is thrown may have anything for a message.
  const mask = (text: unknown): string =>
    spellings.reduce((masked, spelling) => masked.replaceAll(spelling, "***"), String(text));

  function holdsSecret(thrown: unknown): boolean {
    const seen = new Set<unknown>([thrown]);
    for (const part of seen) {
      if (typeof part === "string" && mask(part) !== part) return true;
      if (typeof part === "object" && part !== null) for (const one of partsOf(part)) seen.add(one);
      if (seen.size > mostParts) return true;
    }
    return false;
  }

  function anew(thrown: unknown, depth: number): unknown {
    if (depth > mostCauses) return undefined;
    if (!(thrown instanceof Error)) return typeof thrown === "string" ? mask(thrown) : "something that holds a secret";
    if (thrown instanceof AccessionError) return ourErrorAnew(thrown, depth);
    const told = Object.entries(thrown).filter(([key, value]) => key !== "cause" && !holdsSecret([key, value]));
    const masked = Object.assign(new Error(mask(thrown.message), causeOf(thrown, depth)), Object.fromEntries(told));
    Object.defineProperty(masked, "name", { value: mask(thrown.name), enumerable: false });
    return withStackOf(thrown, masked);
  }

  function ourErrorAnew(error: AccessionError, depth: number): AccessionError {
    const { code, message, retryable, retryAfter } = error;
    const details = { ...causeOf(error, depth), retryable, ...(retryAfter !== undefined && { retryAfter }) };
    return withStackOf(error, new AccessionError(code, mask(message), details));
  }

  function causeOf({ cause }: Error, depth: number): { readonly cause: unknown } | undefined {
    return cause === undefined ? undefined : { cause: anew(cause, depth + 1) };
  }

  function withStackOf<Masked extends Error>(thrown: Error, masked: Masked): Masked {
    const stack = mask(thrown.stack ?? "");
    Object.defineProperty(masked, "stack", { value: stack, enumerable: false, configurable: true, writable: true });
    return masked;
  }

  const isHarmless = (thrown: unknown): boolean => spellings.length === 0 || !holdsSecret(thrown);
  return {
    mask,
    maskThrown: (thrown) => (isHarmless(thrown) ? thrown : anew(thrown, 0)),
    maskError: (error) => (isHarmless(error) ? error : ourErrorAnew(error, 0)),
  };
}

function spellingsOf(secret: string): readonly string[] {
  const form = new URLSearchParams({ secret }).toString().slice("secret=".length);
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), form])];
}

/** Whatever a log might show of an object: its keys and values, what it collects, and what an error is read by. */
function partsOf(whole: object): readonly unknown[] {
  // Bytes are not text, and there may be millions of them.
  if (ArrayBuffer.isView(whole)) return [];
  const own = Object.entries(Object.getOwnPropertyDescriptors(whole)).flatMap(([key, one]): unknown[] => [
    key,
    one.value,
  ]);
  const collected: unknown[] = whole instanceof Map || whole instanceof Set ? [...whole.entries()].flat() : [];
  // Some errors have these from their class, a DOMException for one.
  const read = whole instanceof Error ? [whole.name, whole.message, whole.stack, whole.cause] : [];
  return [...own, ...collected, ...read];
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
