import { z } from "zod";
import {
  type Candidate,
  type Contribution,
  contributed,
  defineKind,
  defineProvider,
  defineScheme,
  notFound,
  type Provision,
  skipped,
} from "../../src/index.ts";

/** The kind that engine tests import: a plant, which its sources name, and which grows in gardens. */
export const plantId = defineScheme({ name: "flora.plant", uniqueness: "identity" });
const otherPlantId = defineScheme({ name: "herbarium.plant", uniqueness: "identity" });
const gardenId = defineScheme({ name: "flora.garden", uniqueness: "identity" });
const label = defineScheme({ name: "label", uniqueness: "evidence" });

export const garden = defineKind({
  name: "flora.garden",
  attributes: z.object({ name: z.string(), town: z.string().optional() }),
  title: "name",
  identifiers: [gardenId],
  query: z.strictObject({ id: z.string() }),
  want: ({ id }) => ({ identifiers: [{ scheme: "flora.garden", value: id }] }),
});

export const plant = defineKind({
  name: "flora.plant",
  attributes: z.object({
    name: z.string(),
    family: z.string().optional(),
    height: z.number().optional(),
    evergreen: z.boolean().optional(),
    alsoCalled: z.array(z.string()).optional(),
  }),
  title: "name",
  identifiers: [plantId, otherPlantId, label],
  categories: ["habitat"],
  relations: { garden },
  aliases: (attributes) => attributes.alsoCalled ?? [],
  compare: { family: "same" },
  query: z.union([
    z.strictObject({ id: z.string() }),
    z.strictObject({ name: z.string(), family: z.string().optional() }),
  ]),
  want: (query) =>
    "id" in query
      ? { identifiers: [{ scheme: "flora.plant", value: query.id }] }
      : { name: query.name, expected: { family: query.family } },
});

/** What a provider says when it is asked: what it knows, or how it fails. */
export type Speech = Contribution<typeof plant> | "not-found" | "skipped" | Error;

/** A provider of plants that says what a test has told it to, and counts how often it was asked. */
export interface SpokenProvider {
  /** What it says of each plant, by the plant's id, from now on. */
  readonly says: Map<string, Speech>;
  /** What it finds when it is searched. */
  finds: readonly Candidate<typeof plant>[];
  /** The ids that it was asked for, oldest first. */
  readonly asked: string[];
  /** The names that it was searched for, oldest first. */
  readonly searched: string[];
  readonly provider: ReturnType<typeof defineProvider<typeof plant>>;
}

/** Makes a provider of plants that goes by `flora.plant` ids. */
export function createSpokenProvider(
  name: string,
  options: { readonly run?: "inline" | "background" } = {},
): SpokenProvider {
  const spoken: SpokenProvider = {
    says: new Map(),
    finds: [],
    asked: [],
    searched: [],
    provider: defineProvider(plant, {
      name,
      ...options,
      identifiedBy: "flora.plant",
      async search(sought) {
        spoken.searched.push(sought.name ?? "");
        return spoken.finds;
      },
      async provide(sought): Promise<Provision<typeof plant>> {
        const id = sought.identifier("flora.plant") ?? "";
        spoken.asked.push(id);
        const speech = spoken.says.get(id) ?? "not-found";
        if (speech instanceof Error) throw speech;
        if (speech === "not-found") return notFound;
        return speech === "skipped" ? skipped("out of season") : contributed(speech);
      },
    }),
  };
  return spoken;
}

/** What a well-behaved source says of a plant. */
export function oak(more: Contribution<typeof plant> = {}): Contribution<typeof plant> {
  return {
    ...more,
    attributes: { name: "Oak", family: "Fagaceae", ...more.attributes },
    identifiers: [{ scheme: "flora.plant", value: "oak" }, ...(more.identifiers ?? [])],
  };
}
