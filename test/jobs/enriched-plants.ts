import { afterAll } from "vitest";
import {
  type Catalog,
  type CatalogOptions,
  defineProvider,
  notFound,
  openCatalog,
  type Provider,
  type ProviderContext,
  type Provision,
  type Sought,
} from "../../src/index.ts";
import { plant } from "../support/spoken-provider.ts";
import { enrichedPlants } from "./flora.ts";

/** What a provider does when its job runs. */
type Answer = (sought: Sought<typeof plant>, context: ProviderContext) => Promise<Provision<typeof plant>>;
type Options = Partial<Parameters<typeof defineProvider<typeof plant, unknown>>[1]>;

/** A background provider that does what a test has told it to, plant by plant. */
export interface JobProvider {
  readonly provider: Provider<typeof plant>;
  /** What it does about each plant, by the plant's id. Default: it does not know it. */
  readonly does: Map<string, Answer>;
  /** The ids that it was asked for, oldest first. */
  readonly asked: string[];
}

/** Makes a background provider of plants; three tries, 10 ms apart at first. */
export function createJobProvider(name: string, options: Options = {}): JobProvider {
  const does = new Map<string, Answer>();
  const asked: string[] = [];
  const provider = defineProvider<typeof plant, unknown>(plant, {
    name,
    run: "background",
    ...options,
    job: { attempts: 3, backOff: 10, ...options.job },
    provide(sought, context) {
      const id = sought.identifier("flora.plant") ?? "";
      asked.push(id);
      return (does.get(id) ?? (() => Promise.resolve(notFound)))(sought, context);
    },
  });
  return { provider, does, asked };
}

const open = new Set<Catalog>();
afterAll(async () => {
  for (const catalog of open) await catalog.close();
  open.clear();
});

/** Opens a catalogue of such plants, closed after the test file. */
export async function openEnrichedPlants(
  database: string,
  providers: readonly JobProvider[],
  options: Partial<CatalogOptions> = {},
): Promise<Catalog> {
  const packs = [enrichedPlants(providers.map((one) => one.provider))];
  const catalog = await openCatalog({ database, packs, ...options });
  open.add(catalog);
  return catalog;
}

/** A gate in a provider's way: it is reached, and goes on when it is opened. */
export function createHalt() {
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  return {
    /** Resolves once somebody waits at it. */
    reached: reached.promise,
    /** Lets everybody go on. */
    open: go.resolve,
    wait: (): Promise<void> => {
      reached.resolve();
      return go.promise;
    },
  };
}
