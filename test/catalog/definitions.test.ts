import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  contributed,
  defineImporter,
  defineKind,
  definePack,
  defineProvider,
  defineScheme,
  openCatalog,
  type Pack,
} from "../../src/index.ts";

const id = defineScheme({ name: "stone.id", uniqueness: "identity" });
const hint = defineScheme({ name: "stone.hint", uniqueness: "evidence" });
const definition = {
  name: "stones.stone",
  attributes: z.object({ name: z.string(), weight: z.number().optional() }),
  title: "name",
  identifiers: [id],
  query: z.strictObject({ id: z.string() }),
  want: (query: { id: string }) => ({ identifiers: [{ scheme: "stone.id", value: query.id }] }),
} as const;
const relationLines = { crack: () => ({}) };
const stone = defineKind(definition);
const provide = async () => contributed<typeof stone>({ attributes: { name: "Granite" } });
const quarry = defineProvider(stone, { name: "quarry", provide });

function pack(name: string, ...importers: Pack["importers"]): Pack {
  return definePack({ name, importers });
}

describe("a definition that cannot work is refused at once, with the rule that it breaks", () => {
  it.each<[string, () => unknown]>([
    ["needs a name of the form pack.word", () => defineKind({ ...definition, name: "Stone" })],
    [
      "requires more than its title",
      () => defineKind({ ...definition, attributes: z.object({ name: z.string(), weight: z.number() }) }),
    ],
    [
      "needs at least one identifier scheme of uniqueness identity",
      () => defineKind({ ...definition, identifiers: [hint] }),
    ],
    [
      'needs a word as the type of category "two words"',
      () => defineKind({ ...definition, categories: ["two words"] }),
    ],
    ['declares the category "weight", which is one', () => defineKind({ ...definition, categories: ["weight"] })],
    ['has lines of "crack"', () => defineKind({ ...definition, relationLines })],
    ["not lower-case words", () => defineScheme({ name: "Stone Id", uniqueness: "identity" })],
    ["lower-case words with hyphens", () => defineProvider(stone, { name: "The Quarry", provide })],
    ['may not be named "person"', () => defineProvider(stone, { name: "person", provide })],
    ["must say which scheme it finds", () => defineProvider(stone, { name: "x", search: async () => [], provide })],
    ["not one lower-case word", () => pack("My Pack")],
  ])("%s", (broken, define) => {
    expect(define).toThrow(
      expect.objectContaining({ code: "definition-invalid", message: expect.stringContaining(broken) }),
    );
  });

  it.each<[string, readonly Pack[]]>([
    [
      'has two providers named "quarry"',
      [pack("stones", defineImporter({ kind: stone, providers: [quarry, quarry] }))],
    ],
    [
      'Two packs define a kind named "stones.stone"',
      [
        pack("stones", defineImporter({ kind: stone, providers: [] })),
        pack("more", defineImporter({ kind: defineKind(definition), providers: [] })),
      ],
    ],
    [
      'share the identity scheme "stone.id"',
      [
        pack(
          "stones",
          defineImporter({ kind: stone, providers: [] }),
          defineImporter({ kind: defineKind({ ...definition, name: "stones.pebble" }), providers: [] }),
        ),
      ],
    ],
    [
      "which is none of its providers",
      [pack("stones", defineImporter({ kind: stone, providers: [quarry], precedence: { weight: ["scales"] } }))],
    ],
    [
      "which no pack has",
      [
        pack(
          "stones",
          defineImporter({
            kind: defineKind({
              ...definition,
              relations: { part: defineKind({ ...definition, name: "stones.vein" }) },
            }),
            providers: [],
          }),
        ),
      ],
    ],
  ])("%s", async (broken, packs) => {
    await expect(openCatalog({ database: "memory:", packs })).rejects.toMatchObject({
      code: "definition-invalid",
      message: expect.stringContaining(broken),
    });
  });
});

describe("a catalogue", () => {
  it("refuses a query, a kind or an item that is none, saying which it takes", async () => {
    await using catalog = await openCatalog({
      database: "memory:",
      packs: [pack("stones", defineImporter({ kind: stone, providers: [quarry] }))],
    });
    const wrong = { name: "granite" } as unknown as { id: string };
    await expect(catalog.import(stone, wrong)).rejects.toMatchObject({
      code: "query-invalid",
      message: expect.stringContaining("id"),
    });
    await expect(catalog.import(stone, { id: "" })).rejects.toMatchObject({ code: "query-invalid" });
    await expect(catalog.import(defineKind(definition), { id: "x" })).rejects.toMatchObject({ code: "kind-unknown" });
    await expect(
      catalog.import(defineKind({ ...definition, name: "stones.pebble" }), { id: "x" }),
    ).rejects.toMatchObject({
      code: "kind-unknown",
      message: 'No kind is named "stones.pebble". Known: stones.stone.',
    });
    await expect(catalog.withIdentifier("isbn", "1")).rejects.toMatchObject({ code: "query-invalid" });
  });

  it("lets a pack add providers to another pack's kind, asked after that pack's own", async () => {
    const scales = defineProvider(stone, {
      name: "scales",
      provide: async () => contributed<typeof stone>({ attributes: { weight: 3 } }),
    });
    await using catalog = await openCatalog({
      database: "memory:",
      packs: [
        pack("stones", defineImporter({ kind: stone, providers: [quarry] })),
        pack("mine", defineImporter({ kind: stone, providers: [scales] })),
      ],
    });
    const result = await catalog.import(stone, { id: "granite" });
    expect(result.providers.map((one) => one.provider)).toEqual(["quarry", "scales"]);
  });
});
