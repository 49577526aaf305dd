import { z } from "zod";
import type { Item } from "../../index.ts";
import type { Output } from "./output.ts";
import { grouped, printable } from "./printable.ts";

/** What links may say beside their address, as far as it is shown; see docs/amazon.md. What is of another form is left out. */
const shown = z.object({
  title: z.string().optional().catch(undefined),
  edition: z.string().optional().catch(undefined),
  binding: z.string().optional().catch(undefined),
  price: z
    .object({ amount: z.number(), currency: z.string().regex(/^[A-Z]{3}$/) })
    .optional()
    .catch(undefined),
  salesRank: z.number().optional().catch(undefined),
  /** Of a page that is no more. */
  ended: z.boolean().optional().catch(undefined),
});

/** A link on one line: what it holds, if it says so, then its address. */
export function linkText(output: Output, { url, attributes }: Item["links"][number]): string {
  const { title, edition, binding, price, salesRank, ended } = shown.parse(attributes);
  const facts = [
    title === undefined ? undefined : printable(title),
    // Most titles name the edition already, each part of it somewhere.
    ...(edition?.split(", ").filter((part) => title?.includes(part) !== true) ?? []).map(printable),
    binding === undefined ? undefined : printable(binding),
    price && priceText(price),
    salesRank === undefined ? undefined : `rank ${grouped(salesRank)}`,
    ended === true ? "ended" : undefined,
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? printable(url) : `${facts.join(", ")}  ${output.paint("dim", printable(url))}`;
}

/** A price in the currency's own digits: `13.98 USD`, `2980 JPY`. It is held in the smallest unit. */
function priceText({ amount, currency }: { readonly amount: number; readonly currency: string }): string {
  const digits = new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions()
    .maximumFractionDigits;
  return `${(amount / 10 ** (digits ?? 2)).toFixed(digits)} ${currency}`;
}
