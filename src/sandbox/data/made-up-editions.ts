import { fingerprint } from "./mbid.ts";

/** Barcodes were not usual before; a record of that time has none that anybody knows of. */
const firstBarcodes = 1983;

/**
 * The barcode of a release for which none is written down: an EAN with a correct check digit, or null before barcodes
 * were usual and where there is no date (https://musicbrainz.org/doc/Release#Barcode).
 */
export const madeUpBarcode = (releaseId: string, date: string | undefined): string | null => {
  if (date === undefined || Number(date.slice(0, 4)) < firstBarcodes) return null;
  const digits = `20${String(fingerprint("barcode", releaseId)).padStart(10, "0")}`;
  const sum = Array.from(digits).reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${String((10 - (sum % 10)) % 10)}`;
};

const writings = [
  { pattern: /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u, language: "jpn", script: "Jpan" },
  { pattern: /\p{sc=Cyrillic}/u, language: "rus", script: "Cyrl" },
  { pattern: /\p{sc=Greek}/u, language: "ell", script: "Grek" },
  { pattern: /\p{sc=Arabic}/u, language: "ara", script: "Arab" },
  { pattern: /\p{sc=Latin}/u, language: "eng", script: "Latn" },
];

/** Language and script of a release as its title shows them; null for a title of digits or symbols. */
export const writingOf = (title: string): { readonly language: string | null; readonly script: string | null } => {
  const found = writings.find(({ pattern }) => pattern.test(title));
  return { language: found?.language ?? null, script: found?.script ?? null };
};
