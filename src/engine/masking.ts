import { AccessionError } from "./errors.ts";

/** Takes secrets out of values, whatever they are. */
export interface Masking {
  /** The value without secrets; the very same where it holds none. */
  maskValue(value: unknown): unknown;
  /** The same for an error of ours, which stays one. */
  maskError(error: AccessionError): AccessionError;
}

/** A value that leads to more than this is not looked through, and counts as one that holds a secret. */
const mostParts = 10_000;
/** Values in values in values that are copied. */
const deepest = 100;
const tooLarge = "something too large to be looked through for secrets";

/** @param mask takes the secrets out of a text. */
export function createMasking(mask: (text: unknown) => string): Masking {
  function holdsSecret(value: unknown): boolean {
    const seen = new Set<unknown>([value]);
    for (const part of seen) {
      if (isText(part) && mask(part) !== String(part)) return true;
      if (typeof part === "object" && part !== null) for (const one of partsOf(part)) seen.add(one);
      if (seen.size > mostParts) return true;
    }
    return false;
  }

  /** Copies one value, masked. What was copied is kept by what it was copied from, as a value may lead back to itself. */
  function copier(): (value: unknown) => unknown {
    const copies = new Map<object, unknown>();
    let parts = 0;

    function copyOf(value: unknown, depth: number): unknown {
      parts += 1;
      if (parts > mostParts || depth > deepest) return tooLarge;
      if (isText(value)) return mask(value) === String(value) ? value : mask(value);
      if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
      if (copies.has(value)) return copies.get(value);
      // A copy has no class, so that what has one is copied only where it must be.
      const hasClass = !Array.isArray(value) && !isPlain(value);
      return hasClass && !holdsSecret(value) ? value : containerOf(value, (one) => copyOf(one, depth + 1));
    }

    function containerOf(value: object, inner: (value: unknown) => unknown): unknown {
      if (value instanceof Error) return errorAnew(value, inner);
      if (Array.isArray(value)) {
        return fill(value, new Array<unknown>(), (copy) => value.forEach((one) => void copy.push(inner(one))));
      }
      if (value instanceof Map) {
        const copied = new Map<unknown, unknown>();
        return fill(value, copied, (copy) => value.forEach((one, key) => void copy.set(inner(key), inner(one))));
      }
      if (value instanceof Set) {
        return fill(value, new Set<unknown>(), (copy) => value.forEach((one) => void copy.add(inner(one))));
      }
      const shown = isPlain(value) ? undefined : jsonOf(value);
      if (shown !== undefined && shown !== value) return inner(shown);
      return fill(value, {}, (copy) => void Object.assign(copy, maskedEntries(value, inner)));
    }

    function fill<Copy extends object>(value: object, copy: Copy, add: (copy: Copy) => void): Copy {
      copies.set(value, copy);
      add(copy);
      return copy;
    }

    function errorAnew(error: Error, inner: (value: unknown) => unknown): Error {
      return fill(
        error,
        error instanceof AccessionError ? ours(error, mask) : new Error(mask(error.message)),
        (masked) => {
          const hidden = (key: string, value: unknown): unknown =>
            Object.defineProperty(masked, key, { value, enumerable: false, configurable: true, writable: true });
          if (!(error instanceof AccessionError)) {
            Object.assign(masked, maskedEntries(error, inner));
            hidden("name", mask(error.name));
          }
          if (error instanceof AggregateError) hidden("errors", inner(error.errors));
          if (error.cause !== undefined) hidden("cause", inner(error.cause));
          hidden("stack", mask(error.stack ?? ""));
        },
      );
    }
    return (value) => copyOf(value, 0);
  }

  /** A copy that kept its functions would have a `toString` or a `toJSON` that still knows the secret. */
  function maskedEntries(value: object, inner: (value: unknown) => unknown): Readonly<Record<string, unknown>> {
    const entries = Object.keys(value).map((key) => [mask(key), inner(Reflect.get(value, key))] as const);
    return Object.fromEntries(entries.filter(([, one]) => typeof one !== "function"));
  }

  return {
    maskValue: (value) => (holdsSecret(value) ? copier()(value) : value),
    maskError: (error) => (holdsSecret(error) ? (copier()(error) as AccessionError) : error),
  };
}

function ours(error: AccessionError, mask: (text: unknown) => string): AccessionError {
  const { code, message, remedy, retryable, retryAfter } = error;
  const details = { retryable, remedy: mask(remedy), ...(retryAfter !== undefined && { retryAfter }) };
  return new AccessionError(code, mask(message), details);
}

function isText(value: unknown): value is string | number | bigint {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Whatever a log might show of an object: its keys and values, what it collects, and what it is read by. */
function partsOf(whole: object): readonly unknown[] {
  // Bytes are not text, and there may be millions of them.
  if (ArrayBuffer.isView(whole)) return [];
  const own = Object.entries(Object.getOwnPropertyDescriptors(whole)).flatMap(([key, one]): unknown[] => [
    key,
    one.get ? attempt(() => one.get?.call(whole) as unknown) : one.value,
  ]);
  const collected: unknown[] = whole instanceof Map || whole instanceof Set ? [...whole.entries()].flat() : [];
  // Some errors have these from their class, a DOMException for one.
  const read = whole instanceof Error ? [whole.name, whole.message, whole.stack, whole.cause] : [];
  const advice = whole instanceof AccessionError ? [whole.remedy] : [];
  return [...own, ...collected, ...read, ...advice, jsonOf(whole)];
}

/** What JSON shows of an object that says so itself, such as an address or a date; undefined of any other. */
function jsonOf(value: object): unknown {
  return "toJSON" in value && typeof value.toJSON === "function"
    ? attempt(() => (value.toJSON as () => unknown)())
    : undefined;
}

/** What cannot be read shows nothing. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}
