import { withinDeadline } from "./deadline.ts";
import { AccessionError } from "./errors.ts";
import type { Page } from "./listing.ts";
import type { ListingCourse } from "./listing-course.ts";
import type { Secrets } from "./secrets.ts";
import { soughtOf } from "./wanted.ts";

/**
 * The pages of a listing from where it goes on, each within the provider's deadline.
 *
 * @throws AccessionError `identity-missing` where the source's own id of the parent is not known, or what the provider throws.
 */
export async function* pagesOf({ purpose, listing, parent, sessions, record }: ListingCourse): AsyncGenerator<Page> {
  const { engine, provider } = purpose;
  const parentImporter = engine.registry.importer(parent.kind);
  const asked = { identifiers: [], name: parent.title, expected: {}, related: [], scope: record.scope };
  const sought = soughtOf(parentImporter, asked, [], parent);
  if (sought.identifier(listing.identifiedBy) === undefined) {
    throw new AccessionError(
      "identity-missing",
      `${provider.name} lists by ${listing.identifiedBy}, which is not known of ${parent.title} (${parent.id}).`,
    );
  }
  const context = {
    client: sessions.client(provider),
    signal: sessions.signal,
    log: engine.log,
    charge: sessions.charge,
    ...(record.position !== undefined && { from: record.position }),
  };
  const pages = listing.pages(sought, context)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await withinDeadline(provider, sessions, () => pages.next());
      if (next.done === true) return;
      yield withoutSecrets(engine.secrets, next.value);
      if (next.value.next === undefined) return;
    }
  } finally {
    await pages.return?.();
  }
}

/** A page whose refusals say why in a provider's own words. */
function withoutSecrets(secrets: Secrets, page: Page): Page {
  if (!page.refused) return page;
  return { ...page, refused: page.refused.map((one) => ({ ...one, reason: secrets.mask(one.reason) })) };
}
