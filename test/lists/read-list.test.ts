import { describe, expect, it } from "vitest";
import type { Kind } from "../../src/index.ts";
import { readList } from "../../src/lists/read-list.ts";
import { album, artist, release, song } from "../../src/music/index.ts";

const read = (kind: Kind, text: string | Uint8Array, fileName = "", map?: Readonly<Record<string, string>>) =>
  readList(kind, typeof text === "string" ? Buffer.from(text) : text, { fileName, map });
const queries = (kind: Kind, text: string | Uint8Array, fileName = "", map?: Readonly<Record<string, string>>) =>
  read(kind, text, fileName, map).lines.map((line) => line.query ?? line.fault);
const wall = { title: "The Wall", artist: "Pink Floyd", year: "1979" };

describe("a list of CSV", () => {
  it("names its columns as lists commonly do", () => {
    const heads = ["title,artist,year", "Album;Artist;Year", "Album Title\tAlbum Artist\tReleased", "NAME,Band,Date"];
    for (const head of heads) {
      const separator = /[,;\t]/.exec(head)?.[0] ?? "";
      const row = ["The Wall", "Pink Floyd", "1979"].join(separator);
      expect(queries(album, `${head}\n${row}\n`, "a.csv"), head).toEqual([wall]);
    }
  });

  it("is read as its kind is asked for", () => {
    const text = "track,album,artist,isrc\nMoney,The Dark Side of the Moon,Pink Floyd,GBN9Y1100088\n";
    expect(queries(song, text, "a.csv")).toEqual([{ title: "Money", artist: "Pink Floyd", isrc: "GBN9Y1100088" }]);
    expect(queries(album, text, "a.csv")).toEqual([{ title: "The Dark Side of the Moon", artist: "Pink Floyd" }]);
    expect(queries(artist, text, "a.csv")).toEqual([{ name: "Pink Floyd" }]);
    expect(queries(release, "EAN,Note\n0077774600125,x\n", "a.csv")).toEqual([{ barcode: "0077774600125" }]);
  });

  it("asks by an identifier where a line has one, and by name elsewhere", () => {
    const mbid = "f5093c06-23e3-404f-aeaa-40f72885ee3a";
    expect(queries(album, `MBID,title,artist\n${mbid},The Wall,Pink Floyd\n,The Wall,\n`, "a.csv")).toEqual([
      { musicbrainzId: mbid },
      { title: "The Wall" },
    ]);
  });

  it("has its columns mapped by hand, also by another spelling of their names; an empty one means none", () => {
    const text = "Werk,Von,year,Platz\nThe Wall,Pink Floyd,1979,7\n";
    const list = read(album, text, "a.csv", { title: "werk", artist: "Von", year: "", rank: "Platz" });
    expect(list.lines).toEqual([{ query: { title: "The Wall", artist: "Pink Floyd" }, rank: 7 }]);
    expect(list.isNumbered).toBe(true);
  });

  it("refuses a map of what is no field or no column, and columns that say nothing of the item", () => {
    const refused = (text: string, map?: Readonly<Record<string, string>>) => () => read(album, text, "a.csv", map);
    expect(refused("a,b\n1,2\n")).toThrow(/No column says .*musicbrainzId, or title.* has a, b/);
    expect(refused("title\nx\n", { colour: "title" })).toThrow(/not asked for by "colour"/);
    expect(refused("title\nx\n", { artist: "Nobody" })).toThrow(/no column "Nobody"/);
    expect(refused("title\n")).toThrow("empty");
  });

  it("holds separators, quotes and lines within quotes, and comes back just so", () => {
    const text = 'Album;Note\r\n"The; Wall";"one\r\ntwo ""three"""\r\n';
    expect(queries(album, text, "a.csv")).toEqual([{ title: "The; Wall" }]);
    const [header, ...rows] = Buffer.from(read(album, text, "a.csv").report([]))
      .toString()
      .split("\r\n");
    expect(header).toMatch(/^Album;Note;accession_status;/);
    expect(rows.join("\r\n")).toBe('"The; Wall";"one\r\ntwo ""three""";pending;;;;\r\n');
  });

  it("is read but for its broken rows, each with a reason that quotes it", () => {
    const text = 'title,artist\nOne,A\n"Two,B\nThree,C\n12" Four,D\n"Five"x,E\nSix,F,G,H\n,,\n"Seven,I\nEight,J\n';
    expect(queries(album, text, "a.csv")).toEqual([
      { title: "One", artist: "A" },
      'a quote is never closed: "Two,B',
      { title: "Three", artist: "C" },
      { title: '12" Four', artist: "D" },
      { title: '"Five"x', artist: "E" },
      "it has 4 cells, and there are 2 columns: Six F G H",
      'a quote is never closed: "Seven,I',
      { title: "Eight", artist: "J" },
    ]);
  });

  it("keeps what stood in a broken row through any number of reports", () => {
    let list = read(album, 'title,artist\n"Two,B\nThree,C\n', "a.csv");
    for (let run = 0; run < 3; run += 1) {
      list = read(album, list.report([]), "a.report.csv");
      expect(list.lines[0]).toMatchObject({ fault: 'a quote is never closed: "Two,B' });
    }
  });
});

describe("a list of JSON", () => {
  it("is an array of objects or of texts, an object with items, or an object a line", () => {
    const object = { album: "The Wall", artist: { name: "Pink Floyd" }, year: 1979 };
    const forms: readonly (readonly [string, string])[] = [
      [JSON.stringify([object]), "a.json"],
      [JSON.stringify(["Pink Floyd - The Wall (1979)"]), "a.json"],
      [JSON.stringify({ by: "me", items: [object] }), ""],
      [`${JSON.stringify(object)}\n`, "a.ndjson"],
    ];
    for (const [text, name] of forms) expect(queries(album, text, name), text).toEqual([wall]);
    expect(queries(artist, '["Pink Floyd","Björk"]')).toEqual([{ name: "Pink Floyd" }, { name: "Björk" }]);
  });

  it("comes back in its own form, with candidates as objects", () => {
    const list = read(album, '{"by":"me","items":[{"title":"Weezer","tags":["a",1]}]}', "a.json");
    const candidate = {
      id: "musicbrainz.release-group:x",
      identifier: { scheme: "musicbrainz.release-group", value: "x" },
      provider: "musicbrainz",
      title: "Weezer",
      attributes: { artistCredit: "Weezer", firstReleaseDate: "1994-05-10" },
      score: 1.1,
      evidence: [],
    };
    const report = list.report([{ status: "ambiguous", candidates: [candidate] }]);
    expect(JSON.parse(Buffer.from(report).toString())).toEqual({
      by: "me",
      items: [
        {
          title: "Weezer",
          tags: ["a", 1],
          accession_status: "ambiguous",
          accession_id: "",
          accession_title: "",
          accession_candidates: [{ id: candidate.id, title: "Weezer", score: 1.1, distinction: "Weezer, 1994-05-10" }],
          accession_reason: "1 fit: put the id of the right one into accession_id",
        },
      ],
    });
    expect(read(album, report, "a.json")).toMatchObject({ isReport: true, lines: [{ query: { title: "Weezer" } }] });
  });

  it("is read but for the entries that are none", () => {
    expect(queries(album, '[{"title":"A"},5,null,{"year":1},[]]', "a.json")).toEqual([
      { title: "A" },
      "it is neither an object nor a text",
      "it is neither an object nor a text",
      "it names nothing",
      "it is neither an object nor a text",
    ]);
    expect(queries(album, '{"title":"A"}\n{broken\n', "a.jsonl")).toEqual([{ title: "A" }, "the line is no JSON"]);
    expect(() => read(album, "[1,", "a.json")).toThrow(/no JSON/);
  });
});

describe("a list of plain text", () => {
  it("is one line an item, in any of the usual forms", () => {
    const text =
      "\n# Best of\nPink Floyd - The Wall\nPink Floyd – The Wall (1979)\nPink Floyd: The Wall [1979]\n \nThe Wall\n";
    expect(queries(album, text, "a.txt")).toEqual([
      { title: "The Wall", artist: "Pink Floyd" },
      wall,
      wall,
      { title: "The Wall" },
    ]);
  });

  it("is numbered where most of its lines are; elsewhere a number belongs to the name", () => {
    const list = read(album, "1. Prince - 1999\n2) Adele: 21\n3. U2 – War (1983)\n", "a.txt");
    expect(list.isNumbered).toBe(true);
    expect(list.lines).toEqual([
      { query: { title: "1999", artist: "Prince" }, rank: 1 },
      { query: { title: "21", artist: "Adele" }, rank: 2 },
      { query: { title: "War", artist: "U2", year: "1983" }, rank: 3 },
    ]);
    const other = read(artist, "2. Pac\n50 Cent\nAC/DC\n", "a.txt");
    expect(other.lines.map((line) => line.query)).toEqual([{ name: "2. Pac" }, { name: "50 Cent" }, { name: "AC/DC" }]);
  });

  it("takes a hyphen within a name for a part of it, and a year that is all there is for the title", () => {
    expect(queries(album, "Jay-Z - The Blueprint\nPrince - (1999)\nA-ha\n", "a.txt")).toEqual([
      { title: "The Blueprint", artist: "Jay-Z" },
      { title: "(1999)", artist: "Prince" },
      { title: "A-ha" },
    ]);
  });

  it("is a list of names for a kind that has no artist of its own", () => {
    expect(queries(artist, "Simon - Garfunkel (1964)\n", "a.txt")).toEqual([{ name: "Simon - Garfunkel (1964)" }]);
  });

  it("has a table of what was understood as its report, from which a further run goes on", () => {
    const list = read(album, "1. Pink Floyd - The Wall (1979)\n2. +\n", "a.txt");
    expect(list.extension).toBe("csv");
    const report = Buffer.from(list.report([])).toString();
    expect(report).toBe(
      "line,rank,artist,title,year,accession_status,accession_id,accession_title,accession_candidates,accession_reason\n" +
        "1. Pink Floyd - The Wall (1979),1,Pink Floyd,The Wall,1979,pending,,,,\n" +
        "2. +,2,,'+,,pending,,,,\n",
    );
    expect(read(album, report, "a.report.csv").lines).toEqual(list.lines);
  });
});

describe("a list's bytes", () => {
  it("may be UTF-8 or UTF-16, and its report is written alike", () => {
    const text = "title,artist\nAgætis byrjun,Sigur Rós\n宇多田,ヒカル\n";
    const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
    const forms = [Buffer.from(text), Buffer.from(`\uFEFF${text}`), utf16, Buffer.from(utf16).swap16()];
    for (const bytes of forms) {
      const list = read(album, bytes, "a.csv");
      expect(list.lines[0]).toEqual({ query: { title: "Agætis byrjun", artist: "Sigur Rós" } });
      const report = list.report([]);
      expect([...report.subarray(0, 2)]).toEqual([...bytes.subarray(0, 2)]);
      expect(read(album, report, "a.csv").lines).toEqual(list.lines);
    }
  });

  it("are refused where they are no text, with the line", () => {
    expect(() => read(album, Buffer.from("title\nOne\nBj\u00f6rk\n", "latin1"), "a.csv")).toThrow(
      /no UTF-8 text at line 3/,
    );
    expect(() => read(album, Buffer.alloc(51 * 1024 * 1024, "a"), "a.txt")).toThrow(/larger than 50 MB/);
  });

  it("tell a table from plain text where the name does not", () => {
    const table = Buffer.from("\uFEFFAlbum\tArtist\nThe Wall\tPink Floyd\n", "utf16le");
    expect(queries(album, table, "a.txt")).toEqual([{ title: "The Wall", artist: "Pink Floyd" }]);
    expect(queries(album, "Crosby, Stills - Four\nA - B\n", "a.txt")).toHaveLength(2);
  });
});

describe("a hostile list", () => {
  it("is a list like any other", () => {
    const hostile = [
      "=cmd|' /C calc'!A0",
      "@SUM(1)",
      "+1",
      "-1",
      "a\u0000b",
      "\u202Egnp.exe",
      "x".repeat(1024 * 1024),
      "__proto__",
      "<script>",
      "'; drop table item; --",
    ];
    const text = `title,__proto__,constructor\n${hostile.map((name) => `"${name}",1,2`).join("\n")}\n`;
    const list = read(album, text, "a.csv");
    expect(list.lines.map((line) => line.query)).toEqual(hostile.map((title) => ({ title })));
    expect(read(album, list.report([]), "a.csv").lines).toEqual(list.lines);
  });

  it("is no formula in the cells that a report adds, and stays as it was in its own", () => {
    const item = { title: "=1+1", id: "01890000-0000-7000-8000-000000000000" };
    const list = read(album, "title\n=cmd\n-\n", "a.csv");
    const outcomes = [
      { status: "found", item, isStored: true },
      { status: "invalid", reason: "=2+2" },
    ] as unknown as Parameters<typeof list.report>[0];
    expect(Buffer.from(list.report(outcomes)).toString()).toContain(
      `=cmd,found,${item.id},'=1+1,,\n-,invalid,,,,'=2+2\n`,
    );
  });

  it("takes no time out of proportion to read", () => {
    const begun = performance.now();
    expect(() => read(album, `title\n${'"x\n'.repeat(50_000)}`, "a.csv")).toThrow(/Too many rows/);
    expect(() => read(album, `title\n${'"x ""y\n'.repeat(50_000)}`, "a.csv")).toThrow(/Too many rows/);
    expect(read(album, `title\n${'12" x\n'.repeat(1000)}`, "a.csv").lines).toHaveLength(1000);
    expect(() => read(album, `[${"[".repeat(50_000)}${"]".repeat(50_000)}]`, "a.json")).toThrow(/no named columns/);
    const nested = `[{"title":"A","deep":${"[".repeat(50_000)}${"]".repeat(50_000)}},{"title":"B"}]`;
    expect(queries(album, nested, "a.json")).toEqual(["it is nested too deep", { title: "B" }]);
    expect(read(artist, "- ".repeat(100_000), "a.txt").lines).toHaveLength(1);
    expect(read(album, `a${" ".repeat(100_000)}b`, "a.txt").lines).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(20_000);
  });
});
