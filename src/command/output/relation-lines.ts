import type { Item, ItemId } from "../../index.ts";
import { kindNamed } from "../kinds.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";

/** What is known of the items at the other end of relations. */
export type RelatedItems = ReadonlyMap<ItemId, Pick<Item, "attributes">>;

/** Whether a kind shows its relations of this type as a list. */
export function isListed(kind: string, type: string): boolean {
  return Object.hasOwn(kindNamed(kind).relationLines, type);
}

/**
 * The relations that an item's kind shows as lists, each list below an empty line and its heading: the tracks of a release,
 * medium by medium.
 *
 * @param isAttributed whether a heading ends with who says what stands under it.
 */
export function relationLines(
  output: Output,
  item: Item,
  { related, isAttributed }: { readonly related: RelatedItems; readonly isAttributed: boolean },
): readonly string[] {
  return Object.entries(kindNamed(item.kind).relationLines).flatMap(([type, lineOf]) => {
    const rows = item.relations
      .filter((relation) => relation.type === type)
      .map(({ item: to, position, attributes, provider }) => {
        const known = related.get(to.id)?.attributes ?? {};
        const line = lineOf({ attributes, from: item.attributes, to: known });
        const { heading = `${type}s`, number = String(position), measure = "", title = to.title, remarks = [] } = line;
        const remark = remarks.length === 0 ? "" : `  ${remarks.map(printable).join(" · ")}`;
        return {
          heading,
          provider,
          number: printable(number),
          measure: printable(measure),
          text: `${printable(title)}${remark}  ${output.paint("dim", to.id)}`,
        };
      });
    const numberWidth = Math.max(...rows.map(({ number }) => number.length));
    const measureWidth = Math.max(...rows.map(({ measure }) => measure.length));
    return [...Map.groupBy(rows, ({ heading }) => heading)].flatMap(([heading, members]) => {
      const who = [...new Set(members.map(({ provider }) => provider))].join(", ");
      return [
        "",
        `${output.paint("cyan", printable(heading))}${isAttributed ? `  ${output.paint("dim", `[${who}]`)}` : ""}`,
        ...members.map(({ number, measure, text }) => {
          const column = measureWidth === 0 ? "" : `${measure.padStart(measureWidth)}  `;
          return `${number.padStart(numberWidth + 2)}  ${column}${text}`;
        }),
      ];
    });
  });
}
