import type { Item, Run } from "../../index.ts";
import type { Output } from "./output.ts";
import { counted, printable, printableValue } from "./printable.ts";

/** Who says what an item shows, where that is to be told. */
export interface Provenance {
  /** The provider of each attribute's value. */
  readonly sources: ReadonlyMap<string, string>;
  /** Where each provider stands. */
  readonly runs: readonly Run[];
}

const labelWidth = 18;

/** The line that names an item. */
export function titleLine(output: Output, item: Item): string {
  return `${output.paint("bold", printable(item.title))}  ${item.kind}  ${output.paint("dim", item.id)}`;
}

/** An item for people, a fact a line; with its provenance, each line ends with who says so. */
export function itemLines(output: Output, item: Item, provenance?: Provenance): readonly string[] {
  const row = (label: string, value: string, ...said: readonly (string | undefined)[]): string => {
    const who = [...new Set(said)].filter((one) => one !== undefined).join(", ");
    const tail = provenance && who !== "" ? `  ${output.paint("dim", `[${who}]`)}` : "";
    return `${output.paint("cyan", label.padEnd(labelWidth))} ${value}${tail}`;
  };
  const attributes = Object.entries(item.attributes)
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => row(field, printableValue(value), provenance?.sources.get(field)));
  const categories = Map.groupBy(item.categories, (category) => category.type);
  const relations = item.relations.map(({ type, position, item: to, provider }) =>
    row(`${printable(type)} ${position}`, `${printable(to.title)}  ${output.paint("dim", to.id)}`, provider),
  );
  return [
    titleLine(output, item),
    ...attributes,
    ...[...categories].map(([type, members]) =>
      row(
        printable(type),
        members.map(({ name, weight }) => printable(weight === undefined ? name : `${name} (${weight})`)).join(", "),
        ...members.map((member) => member.provider),
      ),
    ),
    ...relations,
    ...item.identifiers.map(({ scheme, value, provider }) => row(scheme, printable(value), provider)),
    ...item.links.map(({ type, url, provider }) => row(printable(type), printable(url), provider)),
    ...(provenance?.runs ?? []).map((run) => row(`provider ${run.provider}`, runText(run))),
  ];
}

/** Where a provider stands, in words. */
export function runText(run: Run): string {
  const when = run.finishedAt ?? run.startedAt;
  const why = run.error === undefined ? "" : `: ${printable(run.error.message)}`;
  const attempts = run.attempt > 1 ? `, attempt ${run.attempt}` : "";
  return `${run.state}${why}, ${counted(run.requests, "request")}${attempts}, ${when}`;
}
