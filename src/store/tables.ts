import type { ColumnType, Generated, JSONColumnType } from "kysely";

type Json = JSONColumnType<object>;
type Moment = ColumnType<Date, Date | string, Date | string>;

/** The catalogue's tables as kysely sees them; the meaning of each column stands in `migrations/`. */
export interface Tables {
  item: {
    id: string;
    kind: string;
    title: string;
    attributes: Json;
    categories: JSONColumnType<readonly object[]>;
    links: JSONColumnType<readonly object[]>;
    name_keys: string[];
    version: Generated<number>;
    created_at: Generated<Date>;
    updated_at: Generated<Date>;
    merged_into: string | null;
  };
  contribution: { item_id: string; provider: string; data: Json; partial: Generated<boolean>; fetched_at: Moment };
  identifier: { item_id: string; scheme: string; value: string; identity: boolean; provider: string; position: number };
  relation: { from_id: string; type: string; position: number; to_id: string; attributes: Json; provider: string };
  image: {
    item_id: string;
    type: string;
    url: string;
    key: string;
    width: number;
    height: number;
    media_type: string;
    colour: string;
    thumbnail: Json;
    original: JSONColumnType<object | null, string | null, string | null>;
    position: number;
    provider: string;
  };
  provider_run: {
    item_id: string;
    provider: string;
    state: string;
    attempt: Generated<number>;
    error: JSONColumnType<object | null, string | null, string | null>;
    requests: Generated<number>;
    microdollars: Generated<number>;
    tokens: Generated<number>;
    next_at: Moment | null;
    started_at: Moment;
    finished_at: Moment | null;
    job_id: string | null;
  };
  decision: {
    scope: string;
    scheme: string;
    value: string;
    verdict: "accepted" | "rejected";
    decided_at: Generated<Date>;
  };
  rate_slot: { key: string; next_at: Moment };
  http_snapshot: { key: Uint8Array; source: string; url: string; status: number; body: Uint8Array; fetched_at: Moment };
  item_merge: { dropped_id: string; kept_id: string; identifiers: Json; merged_at: Generated<Date> };
  provider_pause: { provider: string; paused_at: Generated<Date> };
  source_breaker: {
    source: string;
    failures: number;
    openings: number;
    open_until: Moment | null;
    probe_until: Moment | null;
    reason: string | null;
  };
  provider_use: { provider: string; day: string; requests: number; microdollars: number };
  listing: {
    scope: string;
    started_at: Moment;
    updated_at: Generated<Date>;
    position: JSONColumnType<object | null, string | null, string | null>;
    done: number;
    refused: number;
    id: Generated<string>;
  };
  listing_item: { listing_id: string; item_id: string };
  kind_view: { name: string; definition: string };
}
