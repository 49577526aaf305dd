import * as fc from "fast-check";
import { CompiledQuery, sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storableText } from "../../src/engine/json.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { copyBytes, copyLine, copyStatements, textArray } from "../../src/store/databases/copy.ts";
import { describeOnDatabases } from "../support/databases.ts";
import { anyText } from "./arbitrary-text.ts";

const awkward = fc.constantFrom("", "\\N", "\\.", "\\", "NULL", "\t", "\r\n", '"{},\\"', "\\x41", "\u2028");
const text = fc.oneof(anyText.map(storableText), awkward);

it("Rows that are copied are in one piece, however long they are", () => {
  const anyLine = fc
    .tuple(text, fc.integer({ min: 0, max: 5_000 }))
    .map(([one, times]) => `${one.slice(0, 20).toWellFormed().repeat(times)}\n`);
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
      expect(copyBytes(lines).equals(Buffer.from(lines.join("")))).toBe(true);
    }),
  );
});

describeOnDatabases("Rows that are copied", ({ location }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ location: await location() });
    await sql`create table public.copied (place integer, one text, many text[], json jsonb)`.execute(database.kysely);
  });
  afterAll(() => database.close());

  it("are refused as a whole where a COPY among several fails, and what comes for those after it does no harm", async () => {
    const copies = copyStatements(["one", "two", "three"].map((name) => `copy public.${name} (place) from stdin`));
    for (const name of ["one", "two", "three"]) {
      await sql`create table ${sql.id("public", name)} (place integer check (place < 5))`.execute(database.kysely);
    }
    const copying = (...places: readonly number[]) =>
      database.kysely.transaction().execute(async (transaction) => {
        const rows = places.map((place) => copyBytes(Array.from({ length: 10_000 }, () => copyLine(place))));
        await transaction.executeQuery(CompiledQuery.raw(copies, rows));
      });
    const counts = async () =>
      (
        await sql<{ one: number; two: number; three: number }>`
          select (select count(*) from public.one) as one, (select count(*) from public.two) as two,
            (select count(*) from public.three) as three`.execute(database.kysely)
      ).rows.map((row) => [row.one, row.two, row.three].map(Number));
    for (const places of [
      [9, 1, 1],
      [1, 9, 1],
      [1, 1, 9],
    ]) {
      await expect(copying(...places)).rejects.toMatchObject({ code: "23514" });
      expect(await counts()).toEqual([[0, 0, 0]]);
    }
    await copying(1, 2, 3);
    expect(await counts()).toEqual([[10_000, 10_000, 10_000]]);
  });

  it("are no COPY where rows are missing or too many, or where it goes elsewhere", async () => {
    const bytes = copyBytes([copyLine(1)]);
    const one = "copy public.copied (place) from stdin";
    const wrong: readonly (readonly [string, readonly unknown[]])[] = [
      [copyStatements([one, one]), [bytes]],
      [copyStatements([one, one]), [bytes, bytes, bytes]],
      ["copy public.copied to stdout", [bytes]],
      [one, ["1"]],
    ];
    for (const [statement, parameters] of wrong) {
      const copying = database.kysely.executeQuery(CompiledQuery.raw(statement, [...parameters]));
      await expect(copying, statement).rejects.toMatchObject({ code: "defect" });
    }
  });

  it("are the very rows, whatever their texts", async () => {
    const anyRow = fc.record({ one: fc.option(text), many: fc.array(text, { maxLength: 4 }), json: fc.array(text) });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 20 }), async (rows) => {
        await sql`delete from public.copied`.execute(database.kysely);
        const lines = rows.map(({ one, many, json }, place) =>
          copyLine(place, one, textArray(many), JSON.stringify(json)),
        );
        const statement = "copy public.copied (place, one, many, json) from stdin";
        await database.kysely.executeQuery(CompiledQuery.raw(statement, [copyBytes(lines)]));
        // As JSON: PGlite drops a byte order mark at the beginning of a text that it hands over.
        const { rows: copied } = await sql<{ row: unknown }>`
          select to_jsonb(c) - 'place' as row from public.copied c order by place`.execute(database.kysely);
        expect(copied.map(({ row }) => row)).toEqual(rows);
      }),
      { numRuns: 200 },
    );
  });
});
