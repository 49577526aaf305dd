-- What the migrations make. Written by scripts/dump-schema.ts; do not edit.

create table accession.category (
  item_id uuid not null,
  type text not null,
  key text not null,
  name text not null,
  weight double precision,
  position integer not null,
  provider text not null,
  constraint category_pkey PRIMARY KEY (item_id, type, key),
  constraint category_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id)
);
CREATE INDEX category_by_name ON accession.category USING btree (type, key);

create table accession.contribution (
  item_id uuid not null,
  provider text not null,
  data jsonb not null,
  partial boolean not null default false,
  fetched_at timestamp with time zone not null,
  constraint contribution_pkey PRIMARY KEY (item_id, provider),
  constraint contribution_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id)
);

create table accession.decision (
  scope text not null,
  scheme text not null,
  value text not null,
  verdict text not null,
  decided_at timestamp with time zone not null default now(),
  constraint decision_pkey PRIMARY KEY (scope, scheme, value),
  constraint decision_verdict_check CHECK ((verdict = ANY (ARRAY['accepted'::text, 'rejected'::text])))
);

create table accession.http_snapshot (
  key bytea not null,
  source text not null,
  url text not null,
  status integer not null,
  body bytea not null,
  fetched_at timestamp with time zone not null,
  constraint http_snapshot_pkey PRIMARY KEY (key)
);
CREATE INDEX http_snapshot_age ON accession.http_snapshot USING btree (fetched_at);

create table accession.identifier (
  item_id uuid not null,
  scheme text not null,
  value text not null,
  identity boolean not null,
  provider text not null,
  position integer not null,
  constraint identifier_pkey PRIMARY KEY (item_id, scheme, value),
  constraint identifier_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX identifier_by_value ON accession.identifier USING btree (scheme, value);
CREATE UNIQUE INDEX identifier_identity ON accession.identifier USING btree (scheme, value) WHERE identity;

create table accession.item (
  id uuid not null,
  kind text not null,
  title text not null,
  attributes jsonb not null,
  name_keys text[] not null,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  merged_into uuid,
  constraint item_pkey PRIMARY KEY (id),
  constraint item_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES accession.item(id)
);
CREATE INDEX item_by_kind ON accession.item USING btree (kind, id);
CREATE INDEX item_by_name ON accession.item USING gin (name_keys) WITH (fastupdate=off);
CREATE INDEX item_merged ON accession.item USING btree (merged_into) WHERE (merged_into IS NOT NULL);

create table accession.item_merge (
  dropped_id uuid not null,
  kept_id uuid not null,
  identifiers jsonb not null,
  merged_at timestamp with time zone not null default now(),
  constraint item_merge_pkey PRIMARY KEY (dropped_id),
  constraint item_merge_dropped_id_fkey FOREIGN KEY (dropped_id) REFERENCES accession.item(id),
  constraint item_merge_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES accession.item(id)
);

create table accession.kind_view (
  name text not null,
  definition text not null,
  constraint kind_view_pkey PRIMARY KEY (name)
);

create table accession.link (
  item_id uuid not null,
  type text not null,
  url text not null,
  attributes jsonb not null,
  position integer not null,
  provider text not null,
  constraint link_pkey PRIMARY KEY (item_id, type, url),
  constraint link_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id)
);

create table accession.migration (
  version integer not null,
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (version)
);

create table accession.provider_run (
  item_id uuid not null,
  provider text not null,
  state text not null,
  attempt integer not null default 1,
  error jsonb,
  requests integer not null default 0,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  job_id text,
  constraint provider_run_pkey PRIMARY KEY (item_id, provider),
  constraint provider_run_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id)
);
CREATE INDEX provider_run_unsettled ON accession.provider_run USING btree (provider, state) WHERE (state <> ALL (ARRAY['contributed'::text, 'not-found'::text]));

create table accession.rate_slot (
  key text not null,
  next_at timestamp with time zone not null,
  constraint rate_slot_pkey PRIMARY KEY (key)
);

create table accession.relation (
  from_id uuid not null,
  type text not null,
  position integer not null,
  to_id uuid not null,
  attributes jsonb not null,
  provider text not null,
  constraint relation_pkey PRIMARY KEY (from_id, type, "position", to_id),
  constraint relation_from_id_fkey FOREIGN KEY (from_id) REFERENCES accession.item(id),
  constraint relation_to_id_fkey FOREIGN KEY (to_id) REFERENCES accession.item(id)
);
CREATE INDEX relation_to ON accession.relation USING btree (to_id, type);
