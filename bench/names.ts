import { randomFrom } from "./random.ts";

const openings = "b br c ch cl d dr f fl fr g gr h j k kl l m n p pr r s sh sk st t tr v w y z".split(" ");
const vowels = "a a e e i o o u ai ea oo ie".split(" ");
const endings = ["", "", "n", "r", "l", "s", "t", "ck", "m", "nd", "ng", "rd"];
const common = "the of a in and love to you i my".split(" ");
const ideographs = Array.from("宇多田光中島美雪山口百恵松田聖子坂本龍一細野晴臣東京事変椎名林檎井上陽水");
const kana = Array.from("ヒカルサカナクションアイユウミクミヤマコトタナカ");
const cyrillic = "кино аквариум земфира сплин наутилус помпилиус ария машина времени город звезда ночь".split(" ");

/** Names that are searched for, and stored among the others. */
const knownNames = ["pink floyd", "bjork", "sigur ros", "beatles", "кино", "宇多田ヒカル", "u2", "ac dc"];

/**
 * The name key with this number, the same whenever it is asked for. Words are as frequent as in names: few of them make up
 * most names, every sixth word is a new one. One name of twenty-five is in another script.
 */
export function generateName(number: number): string {
  const known = number % 11 === 3 ? knownNames[(number - 3) / 11] : undefined;
  if (known !== undefined) return known;
  const random = randomFrom(number + 1);
  const upTo = (count: number): number => Math.floor(random() * count);
  const some = (from: readonly string[], least: number, more: number): readonly string[] =>
    Array.from({ length: least + upTo(more) }, () => from[upTo(from.length)] ?? "");
  const script = random();
  if (script < 0.02) return [...some(ideographs, 2, 3), ...some(kana, 0, 4)].join("");
  if (script < 0.04) return some(cyrillic, 1, 2).join(" ");
  const word = (): string => (random() < 0.18 ? coin(random) : (words[Math.floor(words.length ** random()) - 1] ?? ""));
  return Array.from({ length: 1 + Math.floor(random() * random() * 6) }, word).join(" ");
}

function coin(random: () => number): string {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? "";
  const syllables = 1 + Math.floor(random() * 2.6);
  return Array.from({ length: syllables }, () => pick(openings) + pick(vowels) + pick(endings)).join("");
}

/** Words from the most frequent to the rarest. */
const words = ((): readonly string[] => {
  const random = randomFrom(7);
  return [...new Set([...common, ...Array.from({ length: 25_000 }, () => coin(random))])];
})();
