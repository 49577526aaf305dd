import type { Contribution } from "./contribution.ts";
import type { Curated } from "./curate.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import { person } from "./item.ts";
import type { Kind } from "./kind.ts";
import { readContribution } from "./reading.ts";
import { save } from "./save.ts";

/** What somebody who is no provider says of an item. Images are left out: it takes a provider to fetch them. */
export type Said<K extends Kind = Kind> = Omit<Contribution<K>, "images">;

/** What a contribution changed. */
export interface ContributedItem<K extends Kind = Kind> extends Curated<K> {
  readonly created: boolean;
}

/**
 * Saves what somebody says of an item, under their name, exactly as an import saves what a provider says: the item is found
 * by its identities or made, what the same name said of it before is replaced, and no provider is asked.
 *
 * @param by who says so: lower-case words with hyphens, and no name of a provider of the kind, which speaks for itself.
 * @throws AccessionError `provider-unknown` for a name that will not do; `contribution-invalid`, also for a malformed identifier
 * or link, which an import would leave out; `identity-missing`.
 */
export async function contributeItem(
  engine: Engine,
  kindName: string,
  by: string,
  said: Said,
  options: { readonly dryRun?: boolean | undefined } = {},
): Promise<ContributedItem> {
  const importer = engine.registry.importer(kindName);
  const isTaken = by === person || importer.providers.some((provider) => provider.name === by);
  if (isTaken || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(by)) {
    const why = isTaken ? "somebody else's" : "not lower-case words with hyphens";
    throw new AccessionError(
      "provider-unknown",
      `Nothing can be said by the name "${by.slice(0, 100)}": it is ${why}.`,
    );
  }
  const { kind } = importer;
  const data = readContribution(said, { by, kind, registry: engine.registry, log: engine.log, strict: true });
  const statement = { provider: by, data: { ...data, images: [] }, fetchedAt: new Date().toISOString() };
  const saved = await save(engine, { importer, say: [statement] }, options.dryRun !== true);
  return { item: saved.item, created: saved.created, difference: saved.difference };
}
