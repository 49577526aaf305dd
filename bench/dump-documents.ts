/**
 * Artists as a MusicBrainz dump has them, made up: the same document for a number whenever it is asked for, so that a
 * million of them can be streamed and none has to be held.
 */
import { randomFrom, uuidFrom } from "./random.ts";

/** How much MusicBrainz says of an artist: of most very little, of a few very much. Shares add up to 1. */
const tiers = [
  { share: 0.53, aliases: [0, 0], tags: [0, 1], genres: [0, 0], pages: [0, 2], artists: [0, 0] },
  { share: 0.325, aliases: [0, 2], tags: [0, 3], genres: [0, 2], pages: [2, 5], artists: [0, 1] },
  { share: 0.12, aliases: [1, 5], tags: [3, 10], genres: [2, 6], pages: [6, 15], artists: [0, 6] },
  { share: 0.025, aliases: [5, 30], tags: [15, 60], genres: [8, 25], pages: [18, 45], artists: [4, 25] },
] as const;

const syllables =
  "ka lo mi ra ven tor sha el dun bri qua zé nør fax ow ing stel mar pö ju the an cor vex ly と 山".split(" ");
const countries = ["US", "GB", "DE", "JP", "FR", "FI", "SE", "IT", "CA", "BR", "NL", "PL", "AU", "NO", "IS", "NG"];
const pages = ["discogs", "official homepage", "social network", "free streaming", "wikidata", "lyrics", "VIAF"];
const groups = ["Group", "Group", "Group", "Group", "Group", "Orchestra", "Choir", "Character", "Other"];

/** One artist as the web service's look-up and the dump have it. */
function artistDocument(number: number): object {
  const random = randomFrom(number);
  const upTo = (count: number): number => Math.floor(random() * count);
  const pick = (from: readonly string[]): string => from[upTo(from.length)] ?? "";
  /** The lower an index the likelier: some countries and genres are common, most are rare. */
  const pickCommon = (from: readonly string[]): string => from[Math.floor(random() ** 2 * from.length)] ?? "";
  const has = (share: number): boolean => random() < share;
  const times = <Made>([least, most]: readonly [number, number], make: (index: number) => Made): Made[] =>
    Array.from({ length: least + upTo(most - least + 1) }, (_, index) => make(index));
  const word = (): string => {
    const text = Array.from({ length: 2 + upTo(2) }, () => pick(syllables)).join("");
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  const name = (): string => times([1, 3], word).join(" ");
  const digits = (count: number): string => Array.from({ length: count }, () => upTo(10)).join("");
  const id = (): string => uuidFrom(upTo(2 ** 31) ^ number);
  const date = (): string => {
    const year = 1900 + upTo(120);
    if (has(0.5)) return String(year);
    return `${year}-${two(1 + upTo(12))}${has(0.7) ? `-${two(1 + upTo(28))}` : ""}`;
  };

  const richness = random();
  let reached = 0;
  const tier = tiers.find(({ share }) => richness < (reached += share)) ?? tiers[0];
  const isPerson = has(0.6);
  const type = has(0.75) ? (isPerson ? "Person" : pick(groups)) : null;
  const title = name();
  const country = has(0.55) ? pickCommon(countries) : null;
  const begun = has(0.35) ? date() : null;
  const end = begun !== null && has(0.3) ? date() : null;
  const gender = type === "Person" && has(0.8) ? pick(["Male", "Female"]) : null;
  return {
    id: uuidFrom(number),
    name: title,
    "sort-name": isPerson ? sortName(title) : title,
    disambiguation: has(0.3) ? `${word().toLowerCase()} ${pick(["band", "producer", "singer", "composer"])}` : "",
    type,
    "type-id": type === null ? null : uuidFrom(-100 - groups.indexOf(type)),
    gender,
    "gender-id": gender === null ? null : uuidFrom(gender === "Male" ? -1 : -2),
    country,
    area: country === null ? null : area(countries.indexOf(country), `Country ${country}`, country),
    "begin-area": has(0.15) ? town(upTo(3_000)) : null,
    "end-area": end !== null && has(0.4) ? town(upTo(3_000)) : null,
    "life-span": { begin: begun, end, ended: end !== null },
    isnis: has(0.2) ? [`0000${digits(12)}`] : [],
    ipis: has(0.08) ? times([1, 2], () => digits(11)) : [],
    aliases: times(tier.aliases, () => alias(name(), has(0.3) ? pick(["en", "ja", "ru", "de"]) : null)),
    tags: times(tier.tags, (index) => ({
      name: `tag ${common(random, 20_000)}`,
      count: 1 + Math.floor(30 / (index + 1)),
    })),
    genres: times(tier.genres, (index) => {
      const label = common(random, 1_500);
      return {
        id: uuidFrom(-10_000 - label),
        name: `genre ${label}`,
        disambiguation: "",
        count: 20 - Math.min(19, index),
      };
    }),
    rating: has(0.1) ? { value: 1 + upTo(9) / 2, "votes-count": 1 + upTo(40) } : { value: null, "votes-count": 0 },
    annotation: has(0.02) ? times([10, 60], word).join(" ") : null,
    relations: [
      ...times(tier.pages, (index) => {
        const page = pages[index % pages.length] ?? "lyrics";
        return relation(page, "url", { id: id(), resource: address(page, number, index, upTo(40_000_000)) });
      }),
      ...times(tier.artists, () =>
        relation("member of band", "artist", { id: id(), name: name(), "sort-name": word(), disambiguation: "" }),
      ),
    ],
  };
}

/** One artist as a line of the dump, without its end. */
export function artistLine(number: number): string {
  return JSON.stringify(artistDocument(number));
}

/** Artists as lines of a dump, made as they are asked for. */
export async function* artistLines(count: number, from = 0): AsyncGenerator<string> {
  for (let number = from; number < from + count; number += 1) yield artistLine(number);
}

function area(number: number, name: string, code?: string): object {
  const codes = code === undefined ? {} : { "iso-3166-1-codes": [code] };
  const id = uuidFrom(-1_000_000 - number);
  return { id, name, "sort-name": name, disambiguation: "", ...codes, type: null, "type-id": null };
}

function town(number: number): object {
  return area(1_000 + number, `Town ${number}`);
}

function alias(name: string, locale: string | null): object {
  const type = { type: "Artist name", "type-id": "894afba6-2816-3c24-8072-eadb66bd04bc" };
  const dates = { begin: null, end: null, ended: false };
  return { name, "sort-name": name, locale, primary: locale === null ? null : true, ...type, ...dates };
}

function relation(type: string, target: "url" | "artist", to: object): object {
  return {
    type,
    "type-id": uuidFrom(-500 - type.length),
    "target-type": target,
    direction: target === "url" ? "forward" : "backward",
    [target]: to,
    attributes: [],
    "attribute-values": {},
    "attribute-ids": {},
    "source-credit": "",
    "target-credit": "",
    begin: null,
    end: null,
    ended: false,
  };
}

/** Addresses of which some tell an identifier, as those of the real dump do. */
function address(page: string, number: number, index: number, drawn: number): string {
  if (page === "wikidata") return `https://www.wikidata.org/wiki/Q${drawn}`;
  if (page === "discogs") return `https://www.discogs.com/artist/${drawn}`;
  if (page === "VIAF") return `http://viaf.org/viaf/${drawn}`;
  return `https://${page.replaceAll(" ", "-")}.example/${number}/${index}`;
}

function sortName(name: string): string {
  const [first, ...rest] = name.split(" ");
  return rest.length === 0 ? name : `${rest.join(" ")}, ${first}`;
}

/** A number below `range`, the low ones common and most of them rare. */
function common(random: () => number, range: number): number {
  return Math.floor(random() ** 3 * range);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
