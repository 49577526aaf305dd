import type { Catalog } from "../catalog.ts";
import { AccessionError } from "../engine/errors.ts";
import { itemId } from "../engine/item.ts";
import type { Kind } from "../engine/kind.ts";
import type { ListLine } from "./list-line.ts";

/** Lines whose items are looked up in one go. */
const looked = 500;

/**
 * Refuses a report whose lines have led to items of another kind, before anything is asked: its lines would be taken for
 * names of this kind, and what they have led to be forgotten.
 *
 * @throws AccessionError `query-invalid` with the first such line.
 */
export async function checkSettledLines(catalog: Catalog, kind: Kind, lines: readonly ListLine[]): Promise<void> {
  const settled = lines.flatMap(({ isSettled, answer }, index) => {
    const id = itemId.safeParse(answer?.trim().toLowerCase());
    return isSettled === true && id.success ? [{ id: id.data, number: index + 1 }] : [];
  });
  for (let start = 0; start < settled.length; start += looked) {
    const some = settled.slice(start, start + looked);
    const items = new Map((await catalog.getAll(some.map(({ id }) => id))).map((item) => [item.id, item]));
    for (const { id, number } of some) {
      const item = items.get(id);
      if (!item || item.kind === kind.name) continue;
      throw new AccessionError(
        "query-invalid",
        `Line ${number} of this report has led to ${item.title}, a ${item.kind}; nothing was asked about it as a ${kind.name}.`,
        { remedy: `Name the kind that the list was imported as, such as --kind ${item.kind.replace(/^.*\./, "")}.` },
      );
    }
  }
}
