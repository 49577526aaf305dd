import * as fc from "fast-check";
import { CompiledQuery, sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { storableText } from "../../src/engine/json.ts";
import { type Database, openDatabase } from "../../src/store/database.ts";
import { copyBytes, copyLine, textArray } from "../../src/store/databases/copy.ts";
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
