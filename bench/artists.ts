import type { Contribution } from "../src/index.ts";
import type { artist } from "../src/music/index.ts";
import { randomFrom, uuidFrom } from "./random.ts";

/** What a generated source says of a generated artist. */
export interface GeneratedArtist {
  readonly mbid: string;
  readonly said: Contribution<typeof artist> & Required<Pick<Contribution<typeof artist>, "identifiers">>;
}

const syllables = "ka lo mi ra ven tor sha el dun bri qua zé nør fax ow ing stel mar pö ju the an cor vex ly".split(
  " ",
);
const countries = ["GB", "US", "DE", "FR", "JP", "BR", "SE", "NO", "IS", "CA", "AU", "NG"];
const types = ["person", "group", "orchestra", "choir"] as const;
const linkTypes = ["official homepage", "discogs", "wikidata", "streaming", "social network", "lyrics"];

/**
 * The artist with this number: the same whenever it is asked for, and of the size that MusicBrainz's answers have. Sizes
 * vary as theirs do: 0–3 aliases, 2–4 identifiers beside the MBID, 5 genres, 5 tags, 2 places, 4 pages.
 */
export function generateArtist(number: number): GeneratedArtist {
  const random = randomFrom(number);
  const upTo = (count: number): number => Math.floor(random() * count);
  const pick = <Element>(from: readonly [Element, ...Element[]] | readonly Element[]): Element =>
    from[upTo(from.length)] as Element;
  const word = (): string => {
    const text = Array.from({ length: 2 + upTo(2) }, () => pick(syllables)).join("");
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const words = (count: number): string => Array.from({ length: count }, word).join(" ");
  const digits = (count: number): string => Array.from({ length: count }, () => upTo(10)).join("");
  // Strongest first, as the sources list them; numbers of a fixed range make some of them common to many artists.
  const labels = (type: string, range: number, votes: number) =>
    [...new Set(Array.from({ length: 12 }, () => upTo(range)))]
      .slice(0, 5)
      .map((label, index) => ({ type, name: `${capitals(type)} No. ${label}`, weight: votes - index }));

  const mbid = uuidFrom(number);
  const name = words(1 + upTo(3));
  const [first, ...rest] = name.split(" ");
  const evidence = [
    { scheme: "wikidata" as const, value: `Q${number + 1}` },
    { scheme: "discogs.artist" as const, value: String(number + 1) },
    { scheme: "isni" as const, value: `0000${digits(12)}` },
    { scheme: "ipi" as const, value: digits(11) },
  ];
  return {
    mbid,
    said: {
      attributes: {
        name,
        sortName: rest.length === 0 ? name : `${rest.join(" ")}, ${first}`,
        type: pick(types),
        country: pick(countries),
        begin: `${1930 + upTo(90)}`,
        aliases: Array.from({ length: upTo(4) }, () => words(2)).map((other) => ({ name: other, sortName: other })),
      },
      identifiers: [{ scheme: "musicbrainz.artist", value: mbid }, ...evidence.slice(0, 2 + upTo(3))],
      categories: [
        ...labels("genre", 300, 40),
        ...labels("tag", 3_000, 20),
        { type: "location", name: `Town ${upTo(500)}` },
        { type: "location", name: `Country ${upTo(200)}` },
      ],
      links: linkTypes.slice(0, 4).map((type) => ({ type, url: `https://${type.replace(" ", "-")}.example/${mbid}` })),
    },
  };
}

function capitals(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
