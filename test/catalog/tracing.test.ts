import { expect, it } from "vitest";
import { contributed, defineImporter, definePack, defineProvider, openCatalog } from "../../src/index.ts";
import { artist, music } from "../../src/music/index.ts";
import { openSandbox } from "../../src/testing/index.ts";
import { createRecordingTracer, type RecordedSpan } from "../support/recording-tracer.ts";

const background = defineProvider(artist, {
  name: "biography",
  run: "background",
  provide: () => Promise.resolve(contributed({ attributes: { disambiguation: "a biography" } })),
});
const broken = defineProvider(artist, {
  name: "broken",
  provide: () => Promise.reject(new TypeError("no such page")),
});
const mine = definePack({
  name: "mine",
  importers: [defineImporter({ kind: artist, providers: [broken, background] })],
});

it("A tracer sees the import, its providers, requests and saves as one tree, and the job as another", async () => {
  const { tracer, spans } = createRecordingTracer();
  await using sandbox = await openSandbox();
  await using catalog = await openCatalog({
    database: "memory:",
    packs: [music({ musicbrainz: { url: sandbox.url } }), mine],
    tracer,
  });
  const result = await catalog.import(
    artist,
    { musicbrainzId: "83d91898-7763-47d7-b03b-b92132375c47" },
    { providers: ["musicbrainz", "broken", "biography"] },
  );
  if (!("item" in result) || !result.item) throw new Error("the sandbox has Pink Floyd");
  await catalog.jobs.work();
  await catalog.jobs.wait(result.item.id);
  await expect.poll(() => spans.every((span) => span.ended)).toBe(true);

  expect(spans.map(path)).toEqual([
    "accession.import",
    "accession.import > accession.provider musicbrainz",
    "accession.import > accession.provider musicbrainz > accession.request 200",
    "accession.import > accession.provider musicbrainz > accession.save",
    "accession.import > accession.provider broken",
    "accession.job",
    "accession.job > accession.provider biography",
    "accession.job > accession.provider biography > accession.save",
  ]);
  expect(spans[0]?.attributes).toMatchObject({ "accession.status": "created", "accession.requests": 1 });
  const failed = spans.find((span) => span.attributes["accession.provider"] === "broken");
  expect(failed?.attributes["accession.status"]).toBe("failed");
});

/** A span with those above it. */
function path({ name, attributes, parent }: RecordedSpan): string {
  const { "accession.provider": provider, "http.response.status_code": status } = attributes;
  const detail = name.endsWith("provider") ? [provider] : name.endsWith("request") ? [status] : [];
  return [...(parent ? [path(parent), ">"] : []), name, ...detail].join(" ");
}
