import type { SeriesRecord } from "../data/series.ts";
import { createSearchIndex } from "./search-index.ts";
import type { SearchIndex } from "./search-index.ts";

/** Below any exact match of the name itself. */
const otherName = 0.72;

/**
 * The series index with the fields of https://musicbrainz.org/doc/MusicBrainz_API/Search/SeriesSearch. Bare words look into
 * the name and the aliases.
 */
export const createSeriesIndex = (series: readonly SeriesRecord[]): SearchIndex<SeriesRecord> =>
  createSearchIndex({
    entities: series,
    defaultFields: { series: 1, alias: otherName },
    fields: {
      series: { kind: "text", read: (one) => [one.name] },
      alias: { kind: "text", read: (one) => one.aliases.map((alias) => alias.name) },
      sid: { kind: "keyword", read: (one) => [one.id, ...one.mergedIds] },
      type: { kind: "text", read: (one) => [one.type] },
      tag: { kind: "text", read: (one) => [...Object.keys(one.genres), ...Object.keys(one.tags)] },
      comment: { kind: "text", read: (one) => [one.disambiguation] },
    },
  });
