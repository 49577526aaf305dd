import * as fc from "fast-check";
import { expect, it } from "vitest";
import { identifierText } from "../../src/engine/scheme.ts";
import { readCandidateId } from "../../src/engine/wanted.ts";
import { AccessionError, type Kind } from "../../src/index.ts";
import { album, artist } from "../../src/music/index.ts";
import { plant } from "../support/spoken-provider.ts";
import { anyText } from "./arbitrary-text.ts";

const value = fc.oneof(
  anyText,
  fc.uuid(),
  fc.uuid().map((id) => id.toUpperCase()),
  fc.stringMatching(/^\d{1,16}$/),
  fc.stringMatching(/^(Q|nm|mn|mw)\d{1,9}$/),
  fc.stringMatching(/^[A-Za-z0-9]{22}$/),
  fc.stringMatching(/^[^\s?#]{1,12}$/),
  fc.constantFrom("musicbrainz.artist:", "a:b:c", "isni:0000", "Pink+Floyd/The+Wall", "musicbrainz.artist:x"),
);

it.each<[string, Kind]>([
  ["artists", artist],
  ["albums", album],
  ["plants, whose ids may be any text", plant],
])("The text of every identifier of %s reads back as that identifier", (_, kind) => {
  fc.assert(
    fc.property(fc.constantFrom(...kind.identifiers), value, (scheme, raw) => {
      const parsed = scheme.parse(raw);
      fc.pre(parsed !== undefined);
      const identifier = { scheme: scheme.name, value: parsed };
      expect(readCandidateId(kind, identifierText(identifier))).toEqual(identifier);
    }),
    { numRuns: 2_000 },
  );
});

/** What a text reads as: the name of its scheme, or the code with which it is refused. */
function readingOf(text: string): unknown {
  try {
    return readCandidateId(artist, text).scheme;
  } catch (error) {
    return error instanceof AccessionError ? error.code : error;
  }
}

it("Any other text is refused as a query, or names a scheme of the kind", () => {
  const possible = ["query-invalid", ...artist.identifiers.map((one) => one.name)];
  fc.assert(
    fc.property(fc.oneof(anyText, value), (text) => {
      expect(possible).toContain(readingOf(text));
    }),
    { numRuns: 2_000 },
  );
});
