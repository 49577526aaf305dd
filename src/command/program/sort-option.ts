import { Option } from "commander";
import type { ItemOrder } from "../../index.ts";

/** The flag by which a command takes the order of items, written as git writes it: `-begin` for the greatest first. */
export function sortOption(standard: "created" | "title"): Option {
  const order = standard === "title" ? "in alphabetical order" : "in the order in which they were made";
  return new Option(
    "--sort <attribute>",
    "by this attribute, such as begin, or -begin for the latest first; those without it last",
  )
    .argParser((text: string): ItemOrder => ({ attribute: text.replace(/^-/, ""), descending: text.startsWith("-") }))
    .default(standard, order);
}
