import {
  type Catalog,
  type CatalogOptions,
  type Contribution,
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  notFound,
  openCatalog,
  type Pack,
  type Page,
} from "../../src/index.ts";
import { garden, plant } from "../support/spoken-provider.ts";

/** A source double that lists the plants of one garden, a page at a time. */
export interface ListedGarden {
  /** The pages from now on. */
  pages: readonly Page<typeof plant>[];
  /** The number of pages asked for. */
  asked: number;
  /** Thrown instead of the page of this index. */
  breaksAt: number | undefined;
  /** Called, and waited for, before each page is yielded. */
  onPage: (index: number) => void | Promise<unknown>;
}

/** What a garden's list says of a plant in it. */
export function listedPlant(id: string, more: Contribution<typeof plant> = {}): Contribution<typeof plant> {
  return {
    ...more,
    attributes: { name: id, ...more.attributes },
    identifiers: [{ scheme: "flora.plant", value: id }],
    relations: [
      {
        type: "garden",
        to: { identifiers: [{ scheme: "flora.garden", value: "kew" }], attributes: { name: "Kew" } },
      },
    ],
  };
}

/** Pages of plants, so many each; every page but the last can be gone on after. */
export function pagesOf(ids: readonly string[], size: number): readonly Page<typeof plant>[] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_none, index) => ({
    contributions: ids.slice(index * size, (index + 1) * size).map((id) => listedPlant(id)),
    total: ids.length,
    ...(index + 1 < count && { next: index + 1 }),
  }));
}

/** A garden without plants, until a test gives it some. */
export function createListedGarden(): ListedGarden {
  return { pages: [], asked: 0, breaksAt: undefined, onPage: () => undefined };
}

/** A pack of which one provider lists the plants of gardens, and reads documents of plants. */
export function createListedPack(listed: ListedGarden): Pack {
  const gardens = defineProvider(garden, {
    name: "keeper",
    async provide(sought) {
      const value = sought.identifier("flora.garden");
      if (value !== "kew") return notFound;
      return contributed({ attributes: { name: "Kew" }, identifiers: [{ scheme: "flora.garden", value }] });
    },
  });
  const plants = defineProvider(plant, {
    name: "keeper",
    identifiedBy: "flora.plant",
    provide: async (sought) => contributed(listedPlant(sought.identifier("flora.plant") ?? "")),
    lists: {
      garden: {
        identifiedBy: "flora.garden",
        async *pages(_parent, { from }) {
          for (const [index, page] of listed.pages.entries()) {
            if (index < Number(from ?? 0)) continue;
            listed.asked += 1;
            if (listed.breaksAt === index) throw new Error("the list is torn");
            await listed.onPage(index);
            yield page;
          }
        },
      },
    },
    read: (document) => document as Contribution<typeof plant>,
  });
  return definePack({
    name: "flora",
    importers: [
      defineImporter({ kind: garden, providers: [gardens] }),
      defineImporter({ kind: plant, providers: [plants] }),
    ],
  });
}

/** Opens a catalogue with that pack. */
export function openListedGardens(
  database: string,
  listed: ListedGarden,
  options: Partial<CatalogOptions> = {},
): Promise<Catalog> {
  return openCatalog({ database, packs: [createListedPack(listed)], ...options });
}
