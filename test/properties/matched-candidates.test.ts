import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Description, decisive, type Resemblance, score } from "../../src/engine/match.ts";
import type { Candidate, Catalog } from "../../src/index.ts";
import { artist } from "../../src/music/index.ts";
import { openPlantCatalog } from "../support/plant-catalog.ts";
import { createSpokenProvider, plant } from "../support/spoken-provider.ts";
import { anyText } from "./arbitrary-text.ts";

const many = { numRuns: 1_000 };
const compared = ["type", "country", "begin", "disambiguation"] as const;
const word = fc.oneof(fc.constantFrom("GB", "US", "group", "1965", "1965-07", "1987", "a band from London"), anyText);
const attributes = fc.record(
  { type: word, country: word, begin: word, disambiguation: word, sortName: word },
  { requiredKeys: [] },
);
const related = fc.array(
  fc.record({ type: fc.constantFrom("artist", "label"), names: fc.array(word, { minLength: 1, maxLength: 2 }) }),
  {
    maxLength: 3,
  },
);
const wanted: fc.Arbitrary<Description> = fc.record({ name: anyText, expected: attributes, related });
const candidate: fc.Arbitrary<Resemblance> = fc.record(
  {
    attributes: fc.tuple(attributes, word).map(([rest, name]) => ({ ...rest, name })),
    related,
    sourceScore: fc.integer({ min: -50, max: 200 }),
  },
  { requiredKeys: ["attributes", "related"] },
);

it("A score depends on what is known, not on the order in which it is told", () => {
  fc.assert(
    fc.property(wanted, candidate, (description, known) => {
      const turned = {
        ...known,
        attributes: Object.fromEntries(Object.entries(known.attributes).toReversed()),
        related: known.related.toReversed(),
      };
      const asked = { ...description, expected: Object.fromEntries(Object.entries(description.expected).toReversed()) };
      const scored = score(artist, description, known);
      expect(Number.isFinite(scored.score)).toBe(true);
      expect(score(artist, asked, turned).score).toBe(scored.score);
      const sum = scored.evidence.reduce((total, one) => total + one.points, 0);
      expect(scored.score).toBeCloseTo(sum, 2);
    }),
    many,
  );
});

it("An attribute that confirms what is expected never lowers a candidate's score", () => {
  fc.assert(
    fc.property(wanted, candidate, fc.constantFrom(...compared), word, (description, known, field, value) => {
      const { [field]: _unsaid, ...rest } = known.attributes;
      const expecting = { ...description, expected: { ...description.expected, [field]: value } };
      const silent = score(artist, expecting, { ...known, attributes: rest });
      const confirmed = score(artist, expecting, { ...known, attributes: { ...rest, [field]: value } });
      const contradicted = score(artist, expecting, { ...known, attributes: { ...rest, [field]: "0001-never" } });
      expect(confirmed.score).toBeGreaterThanOrEqual(silent.score);
      expect(contradicted.score).toBeLessThanOrEqual(confirmed.score);
    }),
    many,
  );
});

it("Of two candidates within the margin, or below the floor, none is ever picked", () => {
  const scores = fc.array(
    fc.integer({ min: 0, max: 1_500 }).map((points) => points / 1000),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(scores, (list) => {
      const ranked = list.toSorted((a, b) => b - a).map((points, id) => ({ id, score: points, evidence: [] }));
      const [best, next] = ranked;
      const clear =
        best !== undefined && best.score >= 0.9 && Math.round((best.score - (next?.score ?? -1)) * 1000) >= 80;
      expect(decisive(ranked)).toBe(clear ? best : undefined);
    }),
    { numRuns: 5_000 },
  );
});

let catalog: Catalog;
const source = createSpokenProvider("flora");
beforeAll(async () => {
  catalog = await openPlantCatalog("memory:", [source]);
});
afterAll(() => catalog.close());

it("What an import finds does not depend on the order in which the source lists it", async () => {
  const candidates = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom("1", "2", "3", "4", "5"),
      name: fc.constantFrom("Oak", "oak", "Oaks", "Elm"),
      family: fc.constantFrom(undefined, "Fagaceae", "Ulmaceae"),
      score: fc.constantFrom(undefined, 50, 100),
    }),
    { selector: (one) => JSON.stringify(one), maxLength: 6 },
  );
  const found = fc.tuple(candidates, fc.constantFrom(undefined, "Fagaceae")).chain(([list, family]) =>
    fc.record({
      family: fc.constant(family),
      list: fc.constant(list),
      other: fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    }),
  );
  await fc.assert(
    fc.asyncProperty(found, async ({ family, list, other }) => {
      const outcomes: unknown[] = [];
      for (const order of [list, other]) {
        source.finds = order.map(({ id, name, family: said, score: points }): Candidate<typeof plant> => ({
          contribution: {
            attributes: { name, family: said },
            identifiers: [{ scheme: "flora.plant", value: id }],
          },
          score: points,
        }));
        source.asked.length = 0;
        const result = await catalog.import(plant, { name: "Oak", family }, { dryRun: true });
        const ranked =
          result.status === "ambiguous" ? result.candidates.map(({ id, score: points }) => [id, points]) : [];
        outcomes.push([result.status, [...source.asked], ranked]);
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
    }),
    { numRuns: 100 },
  );
});
