import { badRequest } from "./answer.ts";
import type { Answer } from "./answer.ts";

/** The longest page of a browse request; a higher limit is taken as this one. */
const longestPage = 100;
const defaultPage = 25;

/** Which part of a list a browse request asks for, or the error that the service answers with. */
export type PageOutcome =
  | { readonly kind: "page"; readonly limit: number; readonly offset: number }
  | { readonly kind: "refused"; readonly answer: Answer };

const natural = (text: string | null, fallback: number): number | null => {
  if (text === null || text === "" || text === "0") return fallback;
  return /^\d{1,15}$/u.test(text) ? Number(text) : null;
};

/** Reads `limit` (default 25, at most 100) and `offset` (https://musicbrainz.org/doc/MusicBrainz_API#Paging). */
export const readPage = (parameters: URLSearchParams): PageOutcome => {
  const limit = natural(parameters.get("limit"), defaultPage);
  const offset = natural(parameters.get("offset"), 0);
  return limit === null || offset === null
    ? { kind: "refused", answer: badRequest("The 'limit' and 'offset' parameters must be positive integers") }
    : { kind: "page", limit: Math.min(limit, longestPage), offset };
};
