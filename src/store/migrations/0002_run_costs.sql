-- What a run costs beside its requests, and when it comes back.
alter table accession.provider_run
  add column microdollars bigint not null default 0, -- millionths of a US dollar
  add column tokens integer not null default 0,
  add column next_at timestamptz; -- null but for a queued run that waits
