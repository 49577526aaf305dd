import { matchDocument } from "./match-document.ts";
import type { IndexedDocument } from "./match-document.ts";
import type { IndexedField } from "./match-field.ts";
import { parseQuery } from "./parse-query.ts";
import { plainTextQuery } from "./query.ts";
import { fold, words } from "./text-folding.ts";

/** How a field is filled from an entity. Nulls and empty texts are left out. */
interface FieldDefinition<Entity> {
  readonly kind: IndexedField["kind"];
  readonly read: (entity: Entity) => readonly (string | null)[];
}

/** What an index holds: its entities and the fields that can be asked for. */
export interface IndexDefinition<Entity> {
  readonly entities: readonly Entity[];
  readonly fields: Readonly<Record<string, FieldDefinition<Entity>>>;
  /** The fields that a bare word looks into, with what a match there is worth (0 to 1). */
  readonly defaultFields: Readonly<Record<string, number>>;
}

/** An entity that answers a query, with its score from 1 to 100. The best one always has 100. */
export interface Hit<Entity> {
  readonly entity: Entity;
  readonly score: number;
}

/** All hits, best first, or why the query cannot be understood. */
type SearchOutcome<Entity> =
  | { readonly kind: "hits"; readonly hits: readonly Hit<Entity>[] }
  | { readonly kind: "invalid"; readonly reason: string };

/** A search index. `plainText` takes the query as plain text (`dismax=true`) instead of query syntax. */
export interface SearchIndex<Entity> {
  readonly search: (query: string, options: { readonly plainText: boolean }) => SearchOutcome<Entity>;
}

const indexedField = <Entity>(definition: FieldDefinition<Entity>, entity: Entity): IndexedField => {
  const values = definition.read(entity).filter((value) => value !== null);
  return definition.kind === "text"
    ? { kind: "text", values: values.map(words).filter((value) => value.length > 0), weight: 1 }
    : { kind: definition.kind, values: values.map(fold).filter((value) => value !== ""), weight: 1 };
};

/** Keeps an exact match of an obscure entity (0.75 at least) above a partial match of a famous one (0.7 at most). */
const withPopularity = (score: number, popularity: number): number => score * (0.75 + 0.25 * popularity);

/** An index that is built at the first search, for entities that most clients never search for. */
export const lazyIndex = <Entity>(create: () => SearchIndex<Entity>): SearchIndex<Entity> => {
  let index: SearchIndex<Entity> | undefined;
  return {
    search: (query, options) => {
      index ??= create();
      return index.search(query, options);
    },
  };
};

/**
 * Builds an index over entities. Nothing is fuzzy unless the query says so with `~`: a typing error finds nothing, as in
 * the real index.
 */
export const createSearchIndex = <Entity extends { readonly id: string; readonly popularity: number }>(
  definition: IndexDefinition<Entity>,
): SearchIndex<Entity> => {
  const names = new Set(Object.keys(definition.fields));
  const documents = definition.entities.map((entity): IndexedDocument<Entity> => {
    const fields = new Map(
      Object.entries(definition.fields).map(([name, field]) => [name, indexedField(field, entity)]),
    );
    const defaultFields = Object.entries(definition.defaultFields).flatMap(([name, weight]) => {
      const field = fields.get(name);
      return field === undefined ? [] : [{ ...field, weight }];
    });
    return { entity, id: entity.id, popularity: entity.popularity, fields, defaultFields };
  });
  return {
    search: (text, { plainText }) => {
      const parsed = plainText ? ({ kind: "query", query: plainTextQuery(text) } as const) : parseQuery(text, names);
      if (parsed.kind === "invalid") return parsed;
      const matches = documents
        .flatMap((document) => {
          const score = matchDocument(parsed.query, document);
          return score === null ? [] : [{ document, score: withPopularity(score, document.popularity) }];
        })
        .toSorted(
          (a, b) =>
            b.score - a.score ||
            b.document.popularity - a.document.popularity ||
            (a.document.id < b.document.id ? -1 : 1),
        );
      const top = matches[0]?.score ?? 0;
      const hits = matches.map(({ document, score }) => ({
        entity: document.entity,
        score: top === 0 ? 100 : Math.max(1, Math.round((100 * score) / top)),
      }));
      return { kind: "hits", hits };
    },
  };
};
