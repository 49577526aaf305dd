import { z } from "zod";

/**
 * A date of which the day, or the month too, may be unknown: `1965`, `1965-07` or `1965-07-21`. It stays as vague as
 * its source was: "1965" never becomes the first of January. Texts of this form sort in time order.
 */
export const partialDate = z
  .string()
  .regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/, "a date such as 1965, 1965-07 or 1965-07-21");

/**
 * The partial date in an outside source's text, or undefined where it holds none: `""`, `"????"`, `"1965-00-00"`
 * (the year counts there).
 *
 * @example parsePartialDate("1965-00-00"); // "1965"
 */
export function parsePartialDate(text: string | null | undefined): string | undefined {
  const known = text?.trim().replace(/-(00|\?\?)(-.*)?$/, "");
  return known !== undefined && partialDate.safeParse(known).success ? known : undefined;
}

/** The year of a partial date, or undefined for anything else. */
export function yearOf(date: unknown): number | undefined {
  return typeof date === "string" && /^\d{4}/.test(date) ? Number(date.slice(0, 4)) : undefined;
}
