-- What a run costs beside its requests, and when it comes back.
alter table accession.provider_run
  add column microdollars bigint not null default 0, -- millionths of a US dollar
  add column tokens integer not null default 0,
  add column next_at timestamptz; -- null but for a queued run that waits

-- The images that an item shows, one of each type; their bytes are in the image store, under these keys. `key` is a JPEG of
-- at most 1200 pixels a side.
create table accession.image (
  item_id    uuid not null references accession.item (id),
  type       text not null,
  url        text not null,
  key        text not null,
  width      integer not null,
  height     integer not null,
  media_type text not null,
  colour     text not null, -- #rrggbb
  thumbnail  jsonb not null, -- key, width and height of a JPEG of at most 250 pixels a side
  original   jsonb, -- key, width, height and media type of what was fetched; null where that was too large to keep
  position   integer not null,
  provider   text not null,
  primary key (item_id, type)
);
create index image_by_key on accession.image (key);
