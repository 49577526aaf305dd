import type { Tracer as OpenTelemetryTracer } from "@opentelemetry/api";
import { describe, expectTypeOf, it } from "vitest";
import { type AttributesOf, type Catalog, contributed, createHttpSource, defineProvider } from "../../src/index.ts";
import type { Edit, ImportResult, Item, Provider, QueryOf, Source, Tracer } from "../../src/index.ts";
import { album, artist, music } from "../../src/music/index.ts";
import { checkProvider } from "../../src/testing/index.ts";

declare const catalog: Catalog;

describe("an import", () => {
  it("gives an item whose attributes have their kind's types", async () => {
    const result = await catalog.import(artist, { name: "Pink Floyd" });
    expectTypeOf(result).toEqualTypeOf<ImportResult<typeof artist>>();
    if (result.status !== "created") return;
    expectTypeOf(result.item.attributes.name).toEqualTypeOf<string>();
    expectTypeOf(result.item.attributes.country).toEqualTypeOf<string | undefined>();
    expectTypeOf(result.item.kind).toEqualTypeOf<"music.artist">();
    // @ts-expect-error -- an artist has no such attribute
    void result.item.attributes.colour;
  });

  it("takes only the queries of its kind", () => {
    expectTypeOf<{ title: string }>().not.toExtend<QueryOf<typeof artist>>();
    void catalog.import(artist, { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" });
    void catalog.import(album, { title: "Weezer", artist: { item: "…" }, year: 1994 });
    // @ts-expect-error -- an artist is asked for by name, not by title
    void catalog.import(artist, { title: "Pink Floyd" });
    // @ts-expect-error -- an album is not asked for by country
    void catalog.import(album, { title: "Weezer", country: "US" });
    // @ts-expect-error -- a query is not empty
    void catalog.import(artist, {});
  });

  it("ends in one of a closed set of ways", async () => {
    const result = await catalog.import(artist, { name: "Pink Floyd" });
    switch (result.status) {
      case "created":
      case "updated":
      case "unchanged":
        expectTypeOf(result.item).toEqualTypeOf<Item<typeof artist>>();
        break;
      case "ambiguous":
        expectTypeOf(result.candidates[0]?.id).toEqualTypeOf<string | undefined>();
        break;
      case "not-found":
        break;
      case "failed":
        expectTypeOf(result.item).toEqualTypeOf<Item<typeof artist> | undefined>();
        expectTypeOf(result.error.remedy).toBeString();
        break;
      default:
        expectTypeOf(result).toBeNever();
    }
    for (const outcome of result.providers) {
      switch (outcome.status) {
        case "contributed":
        case "not-found":
        case "ambiguous":
        case "queued":
        case "skipped":
        case "failed":
          break;
        default:
          expectTypeOf(outcome).toBeNever();
      }
    }
  });
});

describe("a contribution", () => {
  const name = "mine";

  it("may say what its kind has", () => {
    const speaking = defineProvider(artist, {
      name,
      async provide(sought) {
        expectTypeOf(sought.identifier("isni")).toEqualTypeOf<string | undefined>();
        expectTypeOf(sought.expected.country).toEqualTypeOf<string | undefined>();
        expectTypeOf(sought.item?.attributes.begin).toEqualTypeOf<string | undefined>();
        return contributed({ attributes: { country: "GB" }, identifiers: [{ scheme: "isni", value: "…" }] });
      },
    });
    expectTypeOf(speaking.kind).toEqualTypeOf<typeof artist>();
  });

  it("may not say what its kind lacks", () => {
    expectTypeOf<"colour">().not.toExtend<keyof AttributesOf<typeof artist>>();
    // @ts-expect-error -- an artist has no such attribute
    defineProvider(artist, { name, provide: async () => contributed({ attributes: { colour: "pink" } }) });
    // @ts-expect-error -- the attribute has another type
    defineProvider(artist, { name, provide: async () => contributed({ attributes: { country: 44 } }) });
    const identifiers = [{ scheme: "isbn", value: "" }] as const;
    // @ts-expect-error -- an artist has no such scheme
    defineProvider(artist, { name, provide: async () => contributed({ identifiers }) });
    // @ts-expect-error -- nor can it be asked for
    defineProvider(artist, { name, provide: async (sought) => contributed({ attributes: { name: sought.identifier("isbn") } }) }); // prettier-ignore
    // @ts-expect-error -- nor can the provider go by it
    defineProvider(artist, { name, identifiedBy: "isbn", provide: async () => contributed({}) });
  });

  it("relates to what its kind declares", () => {
    const to = { identifiers: [], attributes: { name: "Pink Floyd" } };
    const misnamed = { identifiers: [], attributes: { title: "Pink Floyd" } };
    const credits = defineProvider(album, {
      name,
      provide: async () => contributed({ relations: [{ type: "artist", to }] }),
    });
    expectTypeOf(credits).toEqualTypeOf<Provider<typeof album, undefined>>();
    // @ts-expect-error -- an album has no such relation
    defineProvider(album, { name, provide: async () => contributed({ relations: [{ type: "label", to }] }) });
    defineProvider(album, {
      name,
      // @ts-expect-error -- an artist has a name, not a title
      provide: async () => contributed({ relations: [{ type: "artist", to: misnamed }] }),
    });
    // @ts-expect-error -- an artist declares no relation at all
    defineProvider(artist, { name, provide: async () => contributed({ relations: [{ type: "artist", to }] }) });
  });
});

describe("an edit", () => {
  it("may say that there is no value, and nothing that the kind lacks", () => {
    expectTypeOf<{ attributes: { country: null } }>().toExtend<Edit<typeof artist>>();
    expectTypeOf<{ attributes: { country: number } }>().not.toExtend<Edit<typeof artist>>();
  });
});

describe("a provider check", () => {
  it("takes the queries of the provider's kind", () => {
    const provider = defineProvider(artist, { name: "mine", provide: async () => contributed({}) });
    expectTypeOf(provider.kind).toEqualTypeOf<typeof artist>();
    void checkProvider(provider, { found: [{ name: "Pink Floyd" }], missing: [], packs: [music()] });
    // @ts-expect-error -- an artist is asked for by name
    void checkProvider(provider, { found: [{ title: "Pink Floyd" }], missing: [] });
  });
});

describe("a source", () => {
  it("says what it is asked with, should it be nothing", () => {
    expectTypeOf<{ name: string; secrets: []; connect(): string }>().toExtend<Source<string>>();
    expectTypeOf<{ name: string; connect(): string }>().not.toExtend<Source<string>>();
    const http = { name: "shop", baseUrl: "https://example.org", interval: 0, userAgent: "test/1" };
    const header = async (): Promise<string> => `Bearer ${process.env["KEY"]}`;
    const refused = (): void => undefined;
    void createHttpSource({ ...http, authorisation: { secrets: [process.env["KEY"]], header, refused } });
    // @ts-expect-error -- an authorisation names its secrets
    void createHttpSource({ ...http, authorisation: { header, refused } });
  });
});

describe("a tracer", () => {
  it("may be one of OpenTelemetry as it is", () => {
    expectTypeOf<OpenTelemetryTracer>().toExtend<Tracer>();
  });
});
