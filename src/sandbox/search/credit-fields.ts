import type { CreditRecord } from "../data/records.ts";

/** A credit as it is read on a sleeve: the names with their join phrases. */
const creditedAs = (credits: readonly CreditRecord[]): string =>
  credits.map((credit) => credit.name + credit.join).join("");

/** The fields of an index that ask for artists, for entities that have a credit. */
export const creditFields = {
  artist: {
    kind: "text",
    read: ({ credits }: { readonly credits: readonly CreditRecord[] }) => [
      creditedAs(credits),
      ...credits.map((credit) => credit.artist.name),
    ],
  },
  artistname: {
    kind: "text",
    read: ({ credits }: { readonly credits: readonly CreditRecord[] }) => credits.map((credit) => credit.artist.name),
  },
  creditname: {
    kind: "text",
    read: ({ credits }: { readonly credits: readonly CreditRecord[] }) => credits.map((credit) => credit.name),
  },
  arid: {
    kind: "keyword",
    read: ({ credits }: { readonly credits: readonly CreditRecord[] }) =>
      credits.flatMap((credit) => [credit.artist.id, ...credit.artist.mergedIds]),
  },
} as const;
