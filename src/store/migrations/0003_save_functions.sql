-- The two statements of a save, as functions: PostgreSQL plans what is in them once a session, where planning it anew took
-- longer than running it. A plan made while a table was empty would read the whole of it for ever, hence their settings:
-- every row is found by an index.

-- Gives each identity to its claimant unless an item has it already, and says to whom each belongs. Inserted in one order,
-- so that two claims of the same identities wait for each other rather than deadlock.
create function accession.claim_identities(claims jsonb, expected_free boolean)
  returns table (scheme text, value text, item_id uuid, kind text, title text)
  language plpgsql
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  wanted  jsonb := claims;
  claimed integer;
begin
  if expected_free then
    return query
    insert into accession.identifier (item_id, scheme, value, identity, provider, position)
    select w."itemId", w.scheme, w.value, true, w.provider, w.position
    from jsonb_to_recordset(wanted) as w("itemId" uuid, scheme text, value text, provider text, position integer)
    order by w.scheme, w.value
    on conflict (scheme, value) where identity do nothing
    returning scheme, value, item_id, null::text, null::text;
    get diagnostics claimed = row_count;
    if claimed = jsonb_array_length(wanted) then
      return;
    end if;

    select jsonb_agg(w) into wanted
    from jsonb_array_elements(wanted) w
    where not exists (
      select from accession.identifier x
      where x.scheme = w ->> 'scheme' and x.value = w ->> 'value' and x.identity and x.item_id = (w ->> 'itemId')::uuid
    );
  end if;

  -- What is there is only read, so that a re-run writes nothing; the rest is inserted. «do update» rather than
  -- «do nothing»: it alone returns the row that another transaction has just committed.
  return query
  with wanted as materialized (
    select * from jsonb_to_recordset(wanted)
      as w("itemId" uuid, scheme text, value text, provider text, position integer)
  ), present as materialized (
    select x.scheme, x.value, x.item_id from wanted w
    join accession.identifier x on x.scheme = w.scheme and x.value = w.value and x.identity
  ), taken as (
    insert into accession.identifier (item_id, scheme, value, identity, provider, position)
    select w."itemId", w.scheme, w.value, true, w.provider, w.position from wanted w
    where not exists (select from present p where p.scheme = w.scheme and p.value = w.value)
    order by w.scheme, w.value
    on conflict (scheme, value) where identity do update set scheme = excluded.scheme
    returning scheme, value, item_id
  )
  select o.scheme, o.value, o.item_id, t.kind, t.title
  from (select * from present union all select * from taken) o
  left join accession.item t on t.id = o.item_id;
end
$$;

-- Writes all that a save changes; the keys of `rows` are those of the engine's `SaveRows`. It holds no rule but how rows of
-- a table replace each other.
create function accession.write_rows(rows jsonb) returns setof uuid
  language plpgsql
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  item     constant uuid := rows ->> 'id';
  inserted uuid[] := '{}';
begin
  -- An item that another transaction has just made of the same claim stays as it is.
  if jsonb_array_length(rows -> 'insert') > 0 then
    with made as (
      insert into accession.item (id, kind, title, attributes, name_keys, created_at, updated_at)
      select r.id, r.kind, r.title, r.attributes, r."nameKeys", r."savedAt", r."savedAt"
      from jsonb_to_recordset(rows -> 'insert')
        as r(id uuid, kind text, title text, attributes jsonb, "nameKeys" text[], "savedAt" timestamptz)
      on conflict (id) do nothing
      returning id
    )
    select coalesce(array_agg(made.id), '{}') into inserted from made;
  end if;

  if rows ? 'update' then
    update accession.item i
    set title = r.title, attributes = r.attributes, name_keys = r."nameKeys", version = i.version + 1,
      updated_at = r."savedAt"
    from jsonb_to_record(rows -> 'update') as r(title text, attributes jsonb, "nameKeys" text[], "savedAt" timestamptz)
    where i.id = item;
  end if;

  -- What was said in passing never replaces what was said outright, and is kept only with the stub that it makes.
  if jsonb_array_length(rows -> 'contributions') > 0 then
    insert into accession.contribution as c (item_id, provider, data, partial, fetched_at)
    select r."itemId", r.provider, r.data, r.partial, r."fetchedAt"
    from jsonb_to_recordset(rows -> 'contributions')
      as r("itemId" uuid, provider text, data jsonb, partial boolean, "fetchedAt" timestamptz)
    where not r.partial or r."itemId" = any (inserted)
    on conflict (item_id, provider) do update
    set data = excluded.data, partial = excluded.partial, fetched_at = excluded.fetched_at
    where c.partial or not excluded.partial;
  end if;

  if jsonb_array_length(rows #> '{identifiers,gone}') > 0 then
    delete from accession.identifier t
    using jsonb_to_recordset(rows #> '{identifiers,gone}') as r(scheme text, value text)
    where t.item_id = item and t.scheme = r.scheme and t.value = r.value;
  end if;
  if jsonb_array_length(rows #> '{identifiers,put}') > 0 then
    insert into accession.identifier (item_id, scheme, value, identity, provider, position)
    select item, r.*
    from jsonb_to_recordset(rows #> '{identifiers,put}')
      as r(scheme text, value text, identity boolean, provider text, position integer)
    on conflict (item_id, scheme, value) do update
    set identity = excluded.identity, provider = excluded.provider, position = excluded.position;
  end if;

  if jsonb_array_length(rows #> '{categories,gone}') > 0 then
    delete from accession.category t
    using jsonb_to_recordset(rows #> '{categories,gone}') as r(type text, key text)
    where t.item_id = item and t.type = r.type and t.key = r.key;
  end if;
  if jsonb_array_length(rows #> '{categories,put}') > 0 then
    insert into accession.category (item_id, type, key, name, weight, position, provider)
    select item, r.*
    from jsonb_to_recordset(rows #> '{categories,put}')
      as r(type text, key text, name text, weight double precision, position integer, provider text)
    on conflict (item_id, type, key) do update
    set name = excluded.name, weight = excluded.weight, position = excluded.position, provider = excluded.provider;
  end if;

  if jsonb_array_length(rows #> '{relations,gone}') > 0 then
    delete from accession.relation t
    using jsonb_to_recordset(rows #> '{relations,gone}') as r(type text, position integer, "toId" uuid)
    where t.from_id = item and t.type = r.type and t.position = r.position and t.to_id = r."toId";
  end if;
  if jsonb_array_length(rows #> '{relations,put}') > 0 then
    insert into accession.relation (from_id, type, position, to_id, attributes, provider)
    select item, r.*
    from jsonb_to_recordset(rows #> '{relations,put}')
      as r(type text, position integer, "toId" uuid, attributes jsonb, provider text)
    on conflict (from_id, type, position, to_id) do update
    set attributes = excluded.attributes, provider = excluded.provider;
  end if;

  if jsonb_array_length(rows #> '{links,gone}') > 0 then
    delete from accession.link t
    using jsonb_to_recordset(rows #> '{links,gone}') as r(type text, url text)
    where t.item_id = item and t.type = r.type and t.url = r.url;
  end if;
  if jsonb_array_length(rows #> '{links,put}') > 0 then
    insert into accession.link (item_id, type, url, attributes, position, provider)
    select item, r.*
    from jsonb_to_recordset(rows #> '{links,put}')
      as r(type text, url text, attributes jsonb, position integer, provider text)
    on conflict (item_id, type, url) do update
    set attributes = excluded.attributes, position = excluded.position, provider = excluded.provider;
  end if;

  if jsonb_array_length(rows #> '{images,gone}') > 0 then
    delete from accession.image t
    using jsonb_to_recordset(rows #> '{images,gone}') as r(type text)
    where t.item_id = item and t.type = r.type;
  end if;
  if jsonb_array_length(rows #> '{images,put}') > 0 then
    insert into accession.image
      (item_id, type, url, key, width, height, media_type, colour, thumbnail, original, position, provider)
    select item, r.*
    from jsonb_to_recordset(rows #> '{images,put}')
      as r(type text, url text, key text, width integer, height integer, "mediaType" text, colour text,
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
    select item, r.provider, r.state, coalesce(r.attempt, 1), r.error, r.requests, r.microdollars, r.tokens,
      r."startedAt", r."finishedAt", r."nextAt", r."jobId"
    from jsonb_to_recordset(rows -> 'runs') as r(provider text, state text, attempt integer, error jsonb,
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
