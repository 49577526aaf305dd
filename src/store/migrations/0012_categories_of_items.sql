-- An item's categories are part of its row, as its links are: they are only ever read and written with it, and a row for
-- each, with its key, its index by name and its reference, took a sixth of what it takes to store a dump's artist.
alter table accession.item add column categories jsonb not null default '[]'; -- {type, key, name, weight?, provider}, in order

-- No name changes, and the index of their words is made anew by the next migration.
drop index accession.item_by_word;
alter table accession.item disable trigger item_words_updated;

update accession.item i set categories = c.categories
from (
  select item_id, jsonb_agg(
    jsonb_strip_nulls(jsonb_build_object('type', type, 'key', key, 'name', name, 'weight', weight, 'provider', provider))
    order by position, type, key
  ) as categories
  from accession.category group by item_id
) c
where c.item_id = i.id;

alter table accession.item enable trigger item_words_updated;

-- For people's queries, what the table was, for whoever might read it. Whoever looks for the items of one category among very
-- many can index them: create index on accession.item using gin (categories jsonb_path_ops), asked with
-- categories @> '[{"type": …, "key": …}]'.
do $$
declare
  readers text;
begin
  select string_agg(case a.grantee when 0 then 'public' else a.grantee::regrole::text end, ', ') into readers
  from pg_class c, aclexplode(c.relacl) a
  where c.oid = 'accession.category'::regclass and a.privilege_type = 'SELECT';

  drop table accession.category;

  create view accession.category as
  select i.id as item_id, c.type, c.key, c.name, c.weight, c.position::integer, c.provider
  from accession.item i, rows from (
    jsonb_to_recordset(i.categories) as (type text, key text, name text, weight double precision, provider text)
  ) with ordinality as c(type, key, name, weight, provider, position);

  if readers is not null then
    execute 'grant select on accession.category to ' || readers;
  end if;
end
$$;

-- As before, but for the categories.
create or replace function accession.write_rows(rows jsonb) returns setof uuid
  language plpgsql
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  inserted uuid[] := '{}';
begin
  -- An item that another transaction has just made of the same claim stays as it is.
  if jsonb_array_length(rows -> 'insert') > 0 then
    with made as (
      insert into accession.item (id, kind, title, attributes, categories, links, name_keys, created_at, updated_at)
      select r.id, r.kind, r.title, r.attributes, r.categories, r.links, r."nameKeys", r."savedAt", r."savedAt"
      from jsonb_to_recordset(rows -> 'insert') as r(id uuid, kind text, title text, attributes jsonb, categories jsonb,
        links jsonb, "nameKeys" text[], "savedAt" timestamptz)
      on conflict (id) do nothing
      returning id
    )
    select coalesce(array_agg(made.id), '{}') into inserted from made;
  end if;

  if jsonb_array_length(rows -> 'update') > 0 then
    update accession.item i
    set title = r.title, attributes = r.attributes, categories = r.categories, links = r.links, name_keys = r."nameKeys",
      version = i.version + 1, updated_at = r."savedAt"
    from jsonb_to_recordset(rows -> 'update') as r(id uuid, title text, attributes jsonb, categories jsonb, links jsonb,
      "nameKeys" text[], "savedAt" timestamptz)
    where i.id = r.id;
  end if;

  -- What was said in passing never replaces what was said outright; of a stub, it is kept only with the item that it makes.
  if jsonb_array_length(rows -> 'contributions') > 0 then
    insert into accession.contribution as c (item_id, provider, data, partial, fetched_at)
    select r."itemId", r.provider, r.data, r.partial, r."fetchedAt"
    from jsonb_to_recordset(rows -> 'contributions')
      as r("itemId" uuid, provider text, data jsonb, partial boolean, "fetchedAt" timestamptz, stub boolean)
    where r.stub is not true or r."itemId" = any (inserted)
    on conflict (item_id, provider) do update
    set data = excluded.data, partial = excluded.partial, fetched_at = excluded.fetched_at
    where c.partial or not excluded.partial;
  end if;

  if jsonb_array_length(rows #> '{identifiers,gone}') > 0 then
    delete from accession.identifier t
    using jsonb_to_recordset(rows #> '{identifiers,gone}') as r("itemId" uuid, scheme text, value text)
    where t.item_id = r."itemId" and t.scheme = r.scheme and t.value = r.value;
  end if;
  if jsonb_array_length(rows #> '{identifiers,put}') > 0 then
    insert into accession.identifier (item_id, scheme, value, identity, provider, position)
    select r.*
    from jsonb_to_recordset(rows #> '{identifiers,put}')
      as r("itemId" uuid, scheme text, value text, identity boolean, provider text, position integer)
    on conflict (item_id, scheme, value) do update
    set identity = excluded.identity, provider = excluded.provider, position = excluded.position;
  end if;

  if jsonb_array_length(rows #> '{relations,gone}') > 0 then
    delete from accession.relation t
    using jsonb_to_recordset(rows #> '{relations,gone}') as r("itemId" uuid, type text, position integer, "toId" uuid)
    where t.from_id = r."itemId" and t.type = r.type and t.position = r.position and t.to_id = r."toId";
  end if;
  if jsonb_array_length(rows #> '{relations,put}') > 0 then
    insert into accession.relation (from_id, type, position, to_id, attributes, provider)
    select r.*
    from jsonb_to_recordset(rows #> '{relations,put}')
      as r("itemId" uuid, type text, position integer, "toId" uuid, attributes jsonb, provider text)
    on conflict (from_id, type, position, to_id) do update
    set attributes = excluded.attributes, provider = excluded.provider;
  end if;

  if jsonb_array_length(rows #> '{images,gone}') > 0 then
    delete from accession.image t
    using jsonb_to_recordset(rows #> '{images,gone}') as r("itemId" uuid, type text)
    where t.item_id = r."itemId" and t.type = r.type;
  end if;
  if jsonb_array_length(rows #> '{images,put}') > 0 then
    insert into accession.image
      (item_id, type, url, key, width, height, media_type, colour, thumbnail, original, position, provider)
    select r.*
    from jsonb_to_recordset(rows #> '{images,put}')
      as r("itemId" uuid, type text, url text, key text, width integer, height integer, "mediaType" text, colour text,
        thumbnail jsonb, original jsonb, position integer, provider text)
    on conflict (item_id, type) do update
    set url = excluded.url, key = excluded.key, width = excluded.width, height = excluded.height,
      media_type = excluded.media_type, colour = excluded.colour, thumbnail = excluded.thumbnail,
      original = excluded.original, position = excluded.position, provider = excluded.provider;
  end if;

  -- A job counts its tries itself; else one after a failure is the next.
  if jsonb_array_length(rows -> 'runs') > 0 then
    insert into accession.provider_run as p
      (item_id, provider, state, attempt, error, requests, microdollars, tokens, started_at, finished_at, next_at, job_id)
    select r."itemId", r.provider, r.state, coalesce(r.attempt, 1), r.error, r.requests, r.microdollars, r.tokens,
      r."startedAt", r."finishedAt", r."nextAt", r."jobId"
    from jsonb_to_recordset(rows -> 'runs') as r("itemId" uuid, provider text, state text, attempt integer, error jsonb,
      requests integer, microdollars bigint, tokens integer, "startedAt" timestamptz, "finishedAt" timestamptz,
      "nextAt" timestamptz, "jobId" text)
    on conflict (item_id, provider) do update
    set state = excluded.state, error = excluded.error, requests = excluded.requests,
      microdollars = excluded.microdollars, tokens = excluded.tokens,
      attempt = case
        when p.state = 'failed' and excluded.state <> 'queued' and excluded.job_id is null then p.attempt + 1
        else excluded.attempt
      end,
      started_at = excluded.started_at, finished_at = excluded.finished_at, next_at = excluded.next_at,
      job_id = excluded.job_id;
  end if;

  return query select unnest(inserted);
end
$$;
