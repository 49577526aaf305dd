-- The catalogue. «accession» stands for the schema that the catalogue was opened with.

-- What people see: the merge of an item's contributions. `merged_into` is the redirect that merging two items leaves.
create table accession.item (
  id          uuid primary key,
  kind        text not null,
  title       text not null,
  attributes  jsonb not null,
  name_keys   text[] not null, -- normalised title, then normalised aliases
  version     integer not null default 1,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  merged_into uuid references accession.item (id)
);
create index item_by_kind on accession.item (kind, id);
-- fastupdate would make one save in a few thousand pay for all the others.
create index item_by_name on accession.item using gin (name_keys) with (fastupdate = off);
create index item_merged on accession.item (merged_into) where merged_into is not null;

-- What each provider says of an item, latest wins. `partial`: a stub, said in passing by a provider of another item.
create table accession.contribution (
  item_id    uuid not null references accession.item (id),
  provider   text not null,
  data       jsonb not null,
  partial    boolean not null default false,
  fetched_at timestamptz not null,
  primary key (item_id, provider)
);

-- An identity value belongs to one item in the whole catalogue: this index, not any code, makes duplicates impossible.
-- It is claimed before its item's row exists, hence the deferred reference.
create table accession.identifier (
  item_id  uuid not null references accession.item (id) deferrable initially deferred,
  scheme   text not null,
  value    text not null,
  identity boolean not null,
  provider text not null,
  position integer not null,
  primary key (item_id, scheme, value)
);
create unique index identifier_identity on accession.identifier (scheme, value) where identity;
create index identifier_by_value on accession.identifier (scheme, value); -- identity and evidence alike, for look-ups

create table accession.category (
  item_id  uuid not null references accession.item (id),
  type     text not null,
  key      text not null, -- normalised name
  name     text not null,
  weight   double precision,
  position integer not null,
  provider text not null,
  primary key (item_id, type, key)
);
create index category_by_name on accession.category (type, key);

create table accession.relation (
  from_id    uuid not null references accession.item (id),
  type       text not null,
  position   integer not null,
  to_id      uuid not null references accession.item (id),
  attributes jsonb not null,
  provider   text not null,
  primary key (from_id, type, position, to_id)
);
create index relation_to on accession.relation (to_id, type);

create table accession.link (
  item_id    uuid not null references accession.item (id),
  type       text not null,
  url        text not null,
  attributes jsonb not null,
  position   integer not null,
  provider   text not null,
  primary key (item_id, type, url)
);

-- The ledger: where each provider stands for each item.
create table accession.provider_run (
  item_id     uuid not null references accession.item (id),
  provider    text not null,
  state       text not null,
  attempt     integer not null default 1,
  error       jsonb,
  requests    integer not null default 0,
  started_at  timestamptz not null,
  finished_at timestamptz,
  job_id      text,
  primary key (item_id, provider)
);
create index provider_run_unsettled on accession.provider_run (provider, state)
  where state not in ('contributed', 'not-found');

-- What a person said about a match. `scope` is a query or an item.
create table accession.decision (
  scope      text not null,
  scheme     text not null,
  value      text not null,
  verdict    text not null check (verdict in ('accepted', 'rejected')),
  decided_at timestamptz not null default now(),
  primary key (scope, scheme, value)
);

-- The next moment at which a host may be asked, shared by every process on this database.
create table accession.rate_slot (
  key     text primary key,
  next_at timestamptz not null
);

-- Responses as they came, compressed, so that an import can be repeated offline.
create table accession.http_snapshot (
  key        bytea primary key, -- sha256 of source and URL
  source     text not null,
  url        text not null,
  status     integer not null,
  body       bytea not null,
  fetched_at timestamptz not null
);
create index http_snapshot_age on accession.http_snapshot (fetched_at);

-- Which definition each kind's view was made from; a view is made anew when its kind has changed.
create table accession.kind_view (
  name       text primary key,
  definition text not null
);

-- Items that a person has merged, with the identifiers that moved, so that it can be undone.
create table accession.item_merge (
  dropped_id  uuid primary key references accession.item (id),
  kept_id     uuid not null references accession.item (id),
  identifiers jsonb not null,
  merged_at   timestamptz not null default now()
);
