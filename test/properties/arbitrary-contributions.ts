import * as fc from "fast-check";
import { contributionData } from "../../src/engine/contribution.ts";
import type { StoredContribution } from "../../src/engine/merge.ts";
import { createRegistry } from "../../src/engine/registry.ts";
import { defineImporter, definePack } from "../../src/index.ts";
import { createSpokenProvider, garden, plant } from "../support/spoken-provider.ts";

const registry = createRegistry([
  definePack({
    name: "flora",
    importers: [
      defineImporter({
        kind: plant,
        providers: ["first", "second", "third"].map((name) => createSpokenProvider(name).provider),
        precedence: { height: ["third", "second"] },
      }),
      defineImporter({ kind: garden, providers: [] }),
    ],
  }),
]);

/** Plants by three providers, of which the third, then the second, is believed first about the height. */
export const importer = registry.importer(plant.name);
/** The item whose contributions are merged; others were merged into it. */
export const self = "0190a000-0000-7000-8000-000000000001";
const others = ["0190a000-0000-7000-8000-000000000002", "0190a000-0000-7000-8000-000000000003"];

const optional = { requiredKeys: [] };
const attributes = fc.record(
  {
    name: fc.constantFrom("Oak", "oak", "Quercus", "Eiche"),
    family: fc.option(fc.constantFrom("Fagaceae", "Pinaceae")),
    height: fc.option(fc.nat(3)),
    evergreen: fc.option(fc.boolean()),
    alsoCalled: fc.array(fc.constantFrom("A", "a", "B"), { maxLength: 2 }),
  },
  optional,
);
const identifier = fc.record({
  scheme: fc.constantFrom("flora.plant", "herbarium.plant", "label"),
  value: fc.constantFrom("1", "2", "3"),
});
const category = fc.record(
  {
    type: fc.constantFrom("use", "colour"),
    name: fc.constantFrom("Timber", "timber", "Cork", "Dye"),
    weight: fc.nat(2),
  },
  { requiredKeys: ["type", "name"] },
);
const relation = fc.record(
  {
    type: fc.constantFrom("garden", "park"),
    to: fc.record({
      identifiers: fc
        .constantFrom(["kew"], ["kew", "royal"], ["ness"])
        .map((values) => values.map((value) => ({ scheme: "flora.garden", value }))),
      attributes: fc.record({ name: fc.constantFrom("Kew", "Ness") }),
    }),
    position: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ["type", "to"] },
);
const link = fc.record({
  type: fc.constantFrom("page", "shop"),
  url: fc.constantFrom("https://a.example/", "https://b.example/"),
});

const rendition = { key: `${"0".repeat(64)}.jpg`, width: 250, height: 250 };
const image = fc.record({
  type: fc.constantFrom("flower", "leaf"),
  url: fc.constantFrom("https://a.example/1.jpg", "https://b.example/2.jpg"),
  key: fc.constantFrom(`${"a".repeat(64)}.jpg`, `${"b".repeat(64)}.jpg`),
  width: fc.constant(600),
  height: fc.constant(600),
  mediaType: fc.constant("image/jpeg"),
  colour: fc.constant("#336633"),
  thumbnail: fc.constant(rendition),
});

/** What one provider may say. */
export const anyData = fc
  .record({
    attributes,
    identifiers: fc.array(identifier, { maxLength: 3 }),
    categories: fc.array(category, { maxLength: 3 }),
    relations: fc.array(relation, { maxLength: 3 }),
    links: fc.array(link, { maxLength: 2 }),
    images: fc.array(image, { maxLength: 2 }),
  })
  .map((data) => contributionData.parse(data));

/** What was said of an item and of those merged into it: one contribution per item and provider. */
export const anyContributions: fc.Arbitrary<readonly StoredContribution[]> = fc.uniqueArray(
  fc.record({
    itemId: fc.constantFrom(self, ...others),
    provider: fc.constantFrom("person", "first", "second", "third", "long-gone"),
    partial: fc.boolean(),
    fetchedAt: fc.constantFrom("2024-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"),
    data: anyData,
  }),
  { selector: (one) => `${one.itemId} ${one.provider}`, maxLength: 8 },
);
