import { AccessionError } from "./errors.ts";
import type { Page } from "./listing.ts";
import type { ListingCourse } from "./listing-course.ts";
import type { Provider } from "./provider.ts";
import type { Sessions } from "./sessions.ts";
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
      const next = await withinDeadline(pages.next(), provider, sessions);
      if (next.done === true) return;
      yield next.value;
      if (next.value.next === undefined) return;
    }
  } finally {
    await pages.return?.();
  }
}

async function withinDeadline<Value>(work: Promise<Value>, provider: Provider, sessions: Sessions): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    sessions.abandon(provider);
    const message = `${provider.name} did not answer within ${provider.deadline} ms.`;
    reject(new AccessionError("source-timeout", message, { retryable: true }));
  }, provider.deadline);
  const cancel = (): void => reject(sessions.signal.reason);
  sessions.signal.addEventListener("abort", cancel, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    sessions.signal.removeEventListener("abort", cancel);
  }
}
