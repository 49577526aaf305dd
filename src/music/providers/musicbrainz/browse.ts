import type { Contribution } from "../../../engine/contribution.ts";
import { AccessionError } from "../../../engine/errors.ts";
import type { JsonValue } from "../../../engine/json.ts";
import type { Kind } from "../../../engine/kind.ts";
import type { Page, Refusal } from "../../../engine/listing.ts";
import type { BrowsePage } from "./client.ts";
import { remnantsOf } from "./read-document.ts";

/** How one entity of a page is read: its id, and what is said of it. @throws AccessionError for what cannot be read. */
type Reading<K extends Kind> = (entity: unknown) => {
  readonly id: string;
  readonly contribution: Contribution<K>;
};

/**
 * The pages of what is linked to an entity, from an offset on, each entity once: the service's order has ties, so that one
 * may turn up on two pages. A page may hold fewer entities than it could, so that only their number says where the next one
 * begins.
 *
 * @param ask gives the page at an offset; undefined where the service has no entity that anything could be linked to.
 * @param from the `next` of an earlier page. Default: the beginning.
 * @throws AccessionError `source-rejected` where there is no such entity: an empty page would say that nothing is linked to
 * it any more. What `ask` throws.
 */
export async function* browse<K extends Kind>(
  ask: (offset: number) => Promise<BrowsePage | undefined>,
  read: Reading<K>,
  from: JsonValue | undefined,
): AsyncGenerator<Page<K>> {
  const seen = new Set<string>();
  let offset = typeof from === "number" ? from : 0;
  for (;;) {
    const page = await ask(offset);
    if (page === undefined) {
      const message = "MusicBrainz lists nothing of this, since it does not have it (any more).";
      throw new AccessionError("source-rejected", message);
    }
    const { entities, total } = page;
    offset += entities.length;
    const isLast = entities.length === 0 || (total !== undefined && offset >= total);
    yield { ...readPage(entities, read, seen), total, ...(!isLast && { next: offset }) };
    if (isLast) return;
  }
}

function readPage<K extends Kind>(entities: readonly unknown[], read: Reading<K>, seen: Set<string>) {
  const contributions: Contribution<K>[] = [];
  const refused: Refusal[] = [];
  for (const entity of entities) {
    try {
      const { id, contribution } = read(entity);
      if (!seen.has(id)) contributions.push(contribution);
      seen.add(id);
    } catch (error) {
      if (!(error instanceof AccessionError)) throw error;
      refused.push({ ...remnantsOf(entity), reason: error.message });
    }
  }
  return { contributions, refused };
}
