import type { Item, Run } from "../../index.ts";
import { kindNamed } from "../kinds.ts";
import { linkText } from "./link-text.ts";
import type { Output } from "./output.ts";
import { counted, printable, printableValue } from "./printable.ts";
import { isListed, type RelatedItems, relationLines } from "./relation-lines.ts";

/** Who says what an item shows, where that is to be told. */
export interface Provenance {
  /** The provider of each attribute's value. */
  readonly sources: ReadonlyMap<string, string>;
  /** Where each provider stands. */
  readonly runs: readonly Run[];
}

/** The line that names an item. */
export function titleLine(output: Output, item: Item): string {
  return `${output.paint("bold", printable(item.title))}  ${item.kind}  ${output.paint("dim", item.id)}`;
}

/**
 * An item for people, a fact a line, then the lists of its relations; with its provenance, each line or list says who says so.
 */
export function itemLines(
  output: Output,
  item: Item,
  related: RelatedItems,
  provenance?: Provenance,
): readonly string[] {
  const facts = factsOf(output, item, provenance);
  const width = Math.max(...facts.map(({ label }) => label.length));
  return [
    titleLine(output, item),
    ...facts.map(({ label, value, by }) => {
      const who = [...new Set(by)].join(", ");
      const tail = provenance && who !== "" ? `  ${output.paint("dim", `[${who}]`)}` : "";
      return `${output.paint("cyan", label.padEnd(width))}  ${value}${tail}`;
    }),
    ...relationLines(output, item, { related, isAttributed: provenance !== undefined }),
  ];
}

interface Fact {
  readonly label: string;
  readonly value: string;
  /** Who says so. */
  readonly by: readonly string[];
}

function factsOf(output: Output, item: Item, provenance: Provenance | undefined): readonly Fact[] {
  const attributes = Object.keys(kindNamed(item.kind).fields).flatMap((field): Fact[] => {
    const value = item.attributes[field];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    const source = provenance?.sources.get(field);
    return [{ label: field, value: printableValue(value), by: source === undefined ? [] : [source] }];
  });
  const categories = [...Map.groupBy(item.categories, (category) => category.type)].map(([type, members]) => ({
    label: printable(type),
    value: members.map(({ name, weight }) => printable(weight === undefined ? name : `${name} (${weight})`)).join(", "),
    by: members.map((member) => member.provider),
  }));
  const relations = item.relations
    .filter(({ type }) => !isListed(item.kind, type))
    .map(({ type, position, item: to, provider }) => ({
      label: `${printable(type)} ${position}`,
      value: `${printable(to.title)}  ${output.paint("dim", to.id)}`,
      by: [provider],
    }));
  const identifiers = item.identifiers.map(({ scheme, value, provider }) => ({
    label: scheme,
    value: printable(value),
    by: [provider],
  }));
  const links = item.links.map((link) => ({
    label: printable(link.type),
    value: linkText(output, link),
    by: [link.provider],
  }));
  const images = item.images.map(({ type, url, width, height, colour, provider }) => ({
    label: `image ${printable(type)}`,
    value: `${width}×${height} ${colour}  ${printable(url)}`,
    by: [provider],
  }));
  const runs = (provenance?.runs ?? []).map((run) => ({
    label: `provider ${run.provider}`,
    value: runText(run),
    by: [],
  }));
  return [...attributes, ...categories, ...relations, ...identifiers, ...links, ...images, ...runs];
}

/** Where a provider stands, in words. */
export function runText(run: Run): string {
  const when = run.finishedAt ?? run.startedAt;
  const why = run.error === undefined ? "" : `: ${printable(run.error.message)}`;
  const attempts = run.attempt > 1 ? `, attempt ${run.attempt}` : "";
  return `${run.state}${why}, ${counted(run.requests, "request")}${attempts}, ${when}`;
}
