import * as fc from "fast-check";
import { expect, it } from "vitest";
import { contributionData } from "../../src/engine/contribution.ts";
import { difference } from "../../src/engine/difference.ts";
import { titleOf } from "../../src/engine/kind.ts";
import { type Merged, merge, type StoredContribution } from "../../src/engine/merge.ts";
import { type Item, itemId } from "../../src/index.ts";
import { garden } from "../support/spoken-provider.ts";
import { anyContributions, anyData, importer, self } from "./arbitrary-contributions.ts";

const many = { numRuns: 300 };

function mergeAll(contributions: readonly StoredContribution[]): Merged {
  return merge(importer, self, contributions, "before");
}

/** The merge as one provider alone would have to say it. */
function saying(
  provider: string,
  { attributes, identifiers, categories, relations, links, images }: Merged,
): StoredContribution {
  const data = contributionData.parse({
    attributes,
    identifiers,
    categories: categories.map(({ type, name, weight }) => ({ type, name, weight })),
    relations,
    links,
    images,
  });
  return { itemId: self, provider, partial: false, fetchedAt: "2026-01-01T00:00:00.000Z", data };
}

/** Everything but who said it. */
function unattributed(merged: Merged): unknown {
  const without = (list: readonly { readonly provider: string }[]) => list.map((one) => ({ ...one, provider: "" }));
  const { identifiers, categories, relations, links, images } = merged;
  return {
    ...merged,
    identifiers: without(identifiers),
    categories: without(categories),
    relations: without(relations),
    links: without(links),
    images: without(images),
  };
}

function entries(merged: Merged): ReadonlySet<string> {
  return new Set([
    ...merged.identifiers.map((one) => `identifier ${one.scheme}:${one.value}`),
    ...merged.categories.map((one) => `category ${one.type}:${one.key}`),
    ...merged.links.map((one) => `link ${one.type} ${one.url}`),
  ]);
}

function itemWith({ attributes, title, identifiers, categories, links, images, relations }: Merged): Item {
  return {
    id: itemId.parse(self),
    kind: importer.kind.name,
    title,
    attributes,
    identifiers,
    categories,
    links,
    images,
    relations: relations.map(({ to, ...one }) => ({
      ...one,
      item: { id: itemId.parse(self), kind: "flora.garden", title: titleOf(garden, to.attributes) },
    })),
    version: 1,
    createdAt: "",
    updatedAt: "",
  };
}

it("The order in which contributions come makes no difference", () => {
  fc.assert(
    fc.property(anyContributions, fc.gen(), (contributions, random) => {
      const { length } = contributions;
      const shuffled = random(fc.shuffledSubarray, [...contributions], { minLength: length, maxLength: length });
      expect(mergeAll(shuffled)).toEqual(mergeAll(contributions));
    }),
    many,
  );
});

it("Merging what is merged already changes nothing", () => {
  fc.assert(
    fc.property(anyContributions, (contributions) => {
      const merged = mergeAll(contributions);
      expect(mergeAll([...contributions, ...contributions])).toEqual(merged);
      expect(unattributed(mergeAll([saying("first", merged)]))).toEqual(unattributed(merged));
      expect(difference(itemWith(merged), itemWith(mergeAll(contributions.toReversed())))).toEqual([]);
    }),
    many,
  );
});

it("A person's word on a field always shows, be it that there is none", () => {
  fc.assert(
    fc.property(anyContributions, anyData, (contributions, data) => {
      const person = { itemId: self, provider: "person", partial: false, fetchedAt: "", data };
      const merged = mergeAll([
        ...contributions.filter((one) => one.provider !== "person" || one.itemId !== self),
        person,
      ]);
      for (const [field, value] of Object.entries(data.attributes))
        expect(merged.attributes[field]).toEqual(value ?? undefined);
      expect(entries(merged)).toEqual(new Set([...entries(merged), ...entries(mergeAll([person]))]));
    }),
    many,
  );
});

it("Each field shows the word of whoever is believed first about it", () => {
  const general = ["person", "first", "second", "third", "long-gone"];
  const aboutHeight = ["person", "third", "second", "first", "long-gone"];
  fc.assert(
    fc.property(anyContributions, (contributions) => {
      const merged = mergeAll(contributions);
      for (const field of ["family", "height", "evergreen", "alsoCalled"]) {
        const order = field === "height" ? aboutHeight : general;
        const heard = [false, true].flatMap((partial) =>
          order.map((provider) => {
            const own = contributions.filter((one) => one.provider === provider && one.partial === partial);
            const words = own
              .toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1))
              .map((one) => one.data.attributes[field]);
            return words.find((word) => word !== undefined && (word !== null || provider === "person"));
          }),
        );
        expect(merged.attributes[field], field).toEqual(heard.find((word) => word !== undefined) ?? undefined);
      }
    }),
    many,
  );
});

it("What was said in passing never wins over what was said outright", () => {
  fc.assert(
    fc.property(anyContributions, anyData, (contributions, data) => {
      const outright = mergeAll(contributions.filter((one) => !one.partial));
      const merged = mergeAll(contributions);
      const { name: _title, ...rest } = outright.attributes;
      expect(merged.attributes).toMatchObject(rest);
      const whole = { itemId: self, provider: "long-gone", partial: false, fetchedAt: "", data };
      const partial = contributions
        .map((one) => ({ ...one, partial: true }))
        .filter((one) => one.provider !== "person");
      const said = Object.fromEntries(Object.entries(data.attributes).filter(([, value]) => value !== null));
      expect(mergeAll([...partial, whole]).attributes).toMatchObject(said);
    }),
    many,
  );
});

it("Without one provider, only what it alone said is gone", () => {
  fc.assert(
    fc.property(anyContributions, fc.constantFrom("person", "first", "second", "third"), (contributions, provider) => {
      const [before, after] = [
        mergeAll(contributions),
        mergeAll(contributions.filter((one) => one.provider !== provider)),
      ];
      const [had, has] = [entries(before), entries(after)];
      const saidByOthers = new Set(
        contributions.filter((one) => one.provider !== provider).flatMap((one) => [...entries(mergeAll([one]))]),
      );
      expect([...has].filter((one) => !had.has(one))).toEqual([]);
      expect([...had].filter((one) => !has.has(one) && saidByOthers.has(one))).toEqual([]);
      const spoken = contributions
        .filter((one) => one.provider === provider)
        .flatMap((one) => Object.keys(one.data.attributes));
      const untouched = Object.entries(before.attributes).filter(([field]) => !spoken.includes(field));
      expect(after.attributes).toMatchObject(Object.fromEntries(untouched));
      const types = new Set(before.relations.filter((one) => one.provider !== provider).map((one) => one.type));
      for (const type of types) {
        const ofType = ({ relations }: Merged) => relations.filter((one) => one.type === type);
        expect(ofType(after)).toEqual(ofType(before));
      }
    }),
    many,
  );
});

it("Nothing differs between an item and itself, and everything between it and none", () => {
  fc.assert(
    fc.property(anyContributions, (contributions) => {
      const item = itemWith(mergeAll(contributions));
      expect(difference(item, structuredClone(item))).toEqual([]);
      const told = difference(undefined, item).map((change) => change.field);
      expect(told).toEqual(expect.arrayContaining(Object.keys(item.attributes)));
    }),
    many,
  );
});
