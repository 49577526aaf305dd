export type { Catalog, CatalogOptions, ListOptions, SearchOptions } from "./catalog.ts";
export { openCatalog } from "./open-catalog.ts";
export type {
  Budget,
  Candidate,
  Cost,
  JobPolicy,
  Provider,
  ProviderContext,
  Provision,
  Sought,
} from "./engine/provider.ts";
export { contributed, defineProvider, later, notFound, skipped } from "./engine/provider.ts";
export type { Category, Contribution, Link, Rejection, RelatedItem, RelationTo } from "./engine/contribution.ts";
export type { Curated, Edit } from "./engine/curate.ts";
export { type Condition, type Operator, readConditions } from "./engine/condition.ts";
export type { Change } from "./engine/difference.ts";
export type { ImportStep } from "./engine/engine.ts";
export { AccessionError, type ErrorCode, errorRemedies } from "./engine/errors.ts";
export type { Explanation, SaidValue } from "./engine/explain.ts";
export type { ImageDescription, ImagePolicy, NamedImage } from "./engine/image.ts";
export type { ImportOptions, ImportProgress } from "./engine/import.ts";
export { type Item, itemId, type ItemId, type ItemImage, type ItemSummary, type Relation } from "./engine/item.ts";
export type { JsonObject, JsonValue } from "./engine/json.ts";
export type {
  AttributesOf,
  Comparison,
  Kind,
  QueryOf,
  RelatedKind,
  RelatedWish,
  RelationsOf,
  Wanted,
} from "./engine/kind.ts";
export { defineKind } from "./engine/kind.ts";
export { relatedKindOf } from "./engine/list-condition.ts";
export type { AttributeOrder, ItemOrder } from "./engine/list-items.ts";
export type { Listing, ListingContext, Page, Refusal } from "./engine/listing.ts";
export type { LinedRelation, RelationLine } from "./engine/relation-line.ts";
export type { LoadOptions, RejectedDocument } from "./engine/load.ts";
export type { Log } from "./engine/log.ts";
export type { Counts, ManyOptions, ManyProgress, ManyResult } from "./engine/many.ts";
export type { Evidence } from "./engine/match.ts";
export { normaliseName, normaliseWithoutArticle } from "./engine/normalise.ts";
export { defineImporter, definePack, type Importer, type Pack } from "./engine/pack.ts";
export { parsePartialDate, partialDate } from "./engine/partial-date.ts";
export { defineProjection, type ItemChange, type Projection } from "./engine/projection.ts";
export type { CatalogEvents, EventListener } from "./engine/events.ts";
export type { BackgroundRun, Enqueued, RunQueue } from "./engine/queue.ts";
export { importList, type LineEvent, type ListImportOptions, type ListImportResult } from "./lists/import-list.ts";
export type { LineCounts, LineOutcome, ListLine } from "./lists/list-line.ts";
export type { RankedList } from "./lists/ranked-list.ts";
export { type List, readList, type ReadListOptions } from "./lists/read-list.ts";
export type { ContributedItem, Said } from "./engine/contribute.ts";
export type { IncompleteItems, IncompleteOptions } from "./engine/incomplete.ts";
export type { Backfilled, BackfillOptions } from "./jobs/backfill.ts";
export type { Holds } from "./jobs/holds.ts";
export type { JobFilter, ListedJob, RunCount } from "./jobs/job-list.ts";
export type { Jobs } from "./jobs/jobs.ts";
export type { WaitOptions } from "./jobs/wait-for-runs.ts";
export type { Worker, WorkerOptions } from "./jobs/worker.ts";
export { type ImportResult, type MatchCandidate, type ProviderOutcome, summary } from "./engine/result.ts";
export { defineScheme, type Identifier, type IdentifierScheme } from "./engine/scheme.ts";
export type { RateSlots, Snapshot, SnapshotStore, Source, SourceSession } from "./engine/source.ts";
export type { Run, RunState } from "./engine/run.ts";
export type { ImageStore } from "./images/image-store.ts";
export type { ImageOptions } from "./images/open-images.ts";
export type { SpanName, Trace, TracedSpan, Tracer } from "./engine/tracing.ts";
export type { HttpAnswer, HttpClient } from "./sources/http-client.ts";
export type { Answered } from "./sources/exchange.ts";
export type { Authorisation } from "./sources/authorisation.ts";
export { createHttpSource, type HttpSourceOptions } from "./sources/http-source.ts";
export { userAgent } from "./sources/user-agent.ts";
