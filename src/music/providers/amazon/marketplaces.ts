/** The three parts of the world among which Amazon divides its credentials: America; Europe with the Middle East and India; the Far East. */
export type Region = "north-america" | "europe" | "far-east";

/** A shop of Amazon's. */
export interface Marketplace {
  /** Its host, which is also its name in the API: `www.amazon.com`. */
  readonly host: string;
  readonly region: Region;
}

/**
 * Every marketplace of the API. Source of the list:
 * https://webservices.amazon.com/paapi5/documentation/locale-reference.html, which the Creators API has taken over.
 */
export const marketplaces: readonly Marketplace[] = [
  { host: "www.amazon.com", region: "north-america" },
  { host: "www.amazon.ca", region: "north-america" },
  { host: "www.amazon.com.mx", region: "north-america" },
  { host: "www.amazon.com.br", region: "north-america" },
  { host: "www.amazon.co.uk", region: "europe" },
  { host: "www.amazon.de", region: "europe" },
  { host: "www.amazon.fr", region: "europe" },
  { host: "www.amazon.it", region: "europe" },
  { host: "www.amazon.es", region: "europe" },
  { host: "www.amazon.nl", region: "europe" },
  { host: "www.amazon.com.be", region: "europe" },
  { host: "www.amazon.ie", region: "europe" },
  { host: "www.amazon.se", region: "europe" },
  { host: "www.amazon.pl", region: "europe" },
  { host: "www.amazon.com.tr", region: "europe" },
  { host: "www.amazon.ae", region: "europe" },
  { host: "www.amazon.sa", region: "europe" },
  { host: "www.amazon.eg", region: "europe" },
  { host: "www.amazon.in", region: "europe" },
  { host: "www.amazon.co.jp", region: "far-east" },
  { host: "www.amazon.com.au", region: "far-east" },
  { host: "www.amazon.sg", region: "far-east" },
];

/** The marketplace that people mean: by its host, with or without `www.`, or by what follows `amazon.`: `co.uk`. */
export function findMarketplace(text: string): Marketplace | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/.*$/, "");
  return marketplaces.find(({ host }) =>
    [host, host.replace("www.", ""), host.replace("www.amazon.", "")].includes(name),
  );
}

/** Where a token is asked for, by the major version of the credential and its region. */
export const tokenUrls: Readonly<Record<2 | 3, Readonly<Record<Region, string>>>> = {
  2: {
    "north-america": "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
    europe: "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
    "far-east": "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
  },
  3: {
    "north-america": "https://api.amazon.com/auth/o2/token",
    europe: "https://api.amazon.co.uk/auth/o2/token",
    "far-east": "https://api.amazon.co.jp/auth/o2/token",
  },
};

/** The regions by the minor version of a credential: 3.2 is a European one. */
export const regionsByMinor: readonly Region[] = ["north-america", "europe", "far-east"];

/** Currencies of the marketplaces whose smallest unit is not a hundredth. Source: ISO 4217. */
const decimals: Readonly<Record<string, number>> = { JPY: 0 };

/** An amount as the API gives it, in the smallest unit of its currency, whole: 24.98 USD is 2498, 2860 JPY is 2860. */
export function minorUnits(amount: number, currency: string): number {
  return Math.round(amount * 10 ** (decimals[currency] ?? 2));
}
