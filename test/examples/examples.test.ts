import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { describe, expect, it, vi } from "vitest";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runExample } from "./run-example.ts";

// Each opens several catalogues.
vi.setConfig({ testTimeout: 240_000 });

describe("examples/import-an-artist.ts", () => {
  it("imports, finds again without a request, and asks which of three is meant", async () => {
    const printed = await runExample("import-an-artist");
    expect(printed[0]).toBe(
      "created Pink Floyd (music.artist): musicbrainz contributed, description skipped; 2 requests",
    );
    expect(printed[1]).toBe("Pink Floyd: group from GB, since 1965");
    expect(printed).toContain("  genre: Progressive Rock (31)");
    expect(printed).toContain("  location: London");
    expect(printed).toContain("  musicbrainz.artist: 83d91898-7763-47d7-b03b-b92132375c47");
    expect(printed.slice(-3)).toEqual([
      "unchanged Pink Floyd (music.artist): musicbrainz skipped, description skipped; 0 requests",
      "ambiguous between 3 candidates: musicbrainz ambiguous, description skipped; 1 request",
      "created Nirvana (music.artist): musicbrainz contributed, description skipped; 1 request",
    ]);
  });
});

describe("examples/add-a-provider.ts", () => {
  it("has both providers speak of one artist, each believed where it is to be", async () => {
    expect(await runExample("add-a-provider")).toEqual([
      "created Nirvana (music.artist): musicbrainz contributed, description skipped, radio-archive contributed; 3 requests",
      'begin: "1988-01" from musicbrainz; radio-archive says "1987"',
      'disambiguation: "Cobain, Novoselic, Grohl" from radio-archive; musicbrainz says "1980s–1990s US grunge band"',
      "shelf: R 114",
    ]);
  });
});

describe("examples/books.ts", () => {
  it("merges a library and a shop that contradict each other", async () => {
    expect(await runExample("books")).toEqual([
      "created Kindred (books.book): library contributed, shop contributed; 0 requests",
      "Kindred, 1979, 287 pages",
      "author: Octavia E. Butler, says library",
      "genre: Science Fiction, says shop",
      "unchanged Kindred (books.book): library skipped, shop skipped; 0 requests",
      "Kindred",
      "Octavia E. Butler (books.author)",
    ]);
  });

  it("is a whole domain in less than 100 lines", async () => {
    const text = await readFile(new URL("../../examples/books.ts", import.meta.url), "utf8");
    expect(text.trimEnd().split("\n").length).toBeLessThan(100);
    expect([...text.matchAll(/ from "(.+)";/g)].map((match) => match[1])).toEqual(["accession", "accession", "zod"]);
  });
});

describe("examples/keep-bands-in-step.ts", () => {
  it("keeps the table in step, and a projection that throws undoes the save", async () => {
    const folder = await createTemporaryFolder();
    const printed = await runExample("keep-bands-in-step", [folder]);
    expect(printed.slice(0, 3)).toEqual([
      "created Pink Floyd (music.artist): musicbrainz contributed, description skipped; 2 requests",
      "created Björk (music.artist): musicbrainz contributed, description skipped; 2 requests, who is no band",
      "renamed to The Pink Floyd",
    ]);
    expect(printed).toContain('projection-failed: The projection "strict" threw: no bands from the US');
    expect(printed.slice(-2)).toEqual(["Nirvana is stored: false", "bands: The Pink Floyd (GB)"]);

    const database = await PGlite.create(join(folder, "pgdata"));
    const { rows } = await database.query(
      `select i.title, b.name, b.country from accession.item i left join public.bands b on b.item_id = i.id
       order by i.title`,
    );
    const runs = await database.query("select provider, state from accession.provider_run order by provider, state");
    await database.close();
    expect(rows).toEqual([
      { title: "Björk", name: null, country: null },
      { title: "The Pink Floyd", name: "The Pink Floyd", country: "GB" },
    ]);
    expect(runs.rows).toEqual([
      { provider: "description", state: "skipped" },
      { provider: "description", state: "skipped" },
      { provider: "musicbrainz", state: "contributed" },
      { provider: "musicbrainz", state: "contributed" },
    ]);
  });
});

describe("examples/background-provider.ts", () => {
  it("shows a run that is queued with its item, waits without spending an attempt, and contributes", async () => {
    expect(await runExample("background-provider")).toEqual([
      "created Pink Floyd (music.artist): musicbrainz contributed, description skipped, biography queued; 2 requests",
      "  biography waits: biography wants to be asked again in 1 s: the biographer is asleep",
      "  biography contributed",
      "  ledger: biography contributed, attempt 1",
      "  ledger: musicbrainz contributed, attempt 1",
      "a biography of Pink Floyd",
    ]);
  });
});
