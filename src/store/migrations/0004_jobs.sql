-- Who holds a provider's jobs back: a person, its own source, or its budget. The jobs themselves are pg-boss's.

-- Providers that a person has paused.
create table accession.provider_pause (
  provider  text primary key,
  paused_at timestamptz not null default now()
);

-- The circuit breaker of each source: after failures in a row it is left alone until `open_until`, for longer each time.
-- Then one job tries it; until `probe_until`, the others wait for what that one finds.
create table accession.source_breaker (
  source      text primary key,
  failures    integer not null, -- in a row
  openings    integer not null, -- in a row; 0 while closed
  open_until  timestamptz,      -- null while closed
  probe_until timestamptz,      -- null while nobody tries it
  reason      text
);

-- What each provider has used up on each day (UTC), against its budget.
create table accession.provider_use (
  provider     text not null,
  day          date not null,
  requests     bigint not null,
  microdollars bigint not null,
  primary key (provider, day)
);

create index provider_run_job on accession.provider_run (job_id) where job_id is not null;
