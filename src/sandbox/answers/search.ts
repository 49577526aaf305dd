import type { Hit, SearchIndex } from "../search/search-index.ts";
import { badRequest, found } from "./answer.ts";
import type { Answer, Json } from "./answer.ts";

const defaultPage = 25;
const longestPage = 100;

const positive = (text: string | null): number => (text !== null && /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : 0);

/**
 * `GET /artist?query=` and its like (https://musicbrainz.org/doc/MusicBrainz_API/Search). A limit outside 1 to 100 silently
 * becomes 25, an offset that is none becomes 0, and `dismax=true` takes the query as plain text.
 *
 * @param listName the field of the page that holds the hits, e.g. `"artists"`
 */
export const searchPage = <Entity>(
  index: SearchIndex<Entity>,
  listName: string,
  address: URL,
  hitJson: (hit: Hit<Entity>) => Json,
): Answer => {
  const parameters = address.searchParams;
  const queries = parameters.getAll("query");
  if (queries.length > 1) return badRequest("Must specify at most 1 query argument");
  const query = queries[0] ?? "";
  if (/^(?:\s*|"\s*")$/u.test(query)) {
    return badRequest(
      "You submitted a blank search query. You must include a non-blank 'query=' parameter with your search.",
    );
  }
  const outcome = index.search(query, { plainText: parameters.get("dismax") === "true" });
  if (outcome.kind === "invalid") return badRequest("Search server could not complete query: Bad request");
  const asked = positive(parameters.get("limit"));
  const limit = asked < 1 || asked > longestPage ? defaultPage : asked;
  const offset = positive(parameters.get("offset"));
  return found({
    created: new Date().toISOString(),
    count: outcome.hits.length,
    offset,
    [listName]: outcome.hits.slice(offset, offset + limit).map(hitJson),
  });
};
