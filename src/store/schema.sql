-- What the migrations make. Written by scripts/dump-schema.ts; do not edit.

create table accession.contribution (
  item_id uuid not null,
  provider text not null,
  data jsonb not null,
  partial boolean not null default false,
  fetched_at timestamp with time zone not null,
  constraint contribution_pkey PRIMARY KEY (item_id, provider)
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
  constraint identifier_pkey PRIMARY KEY (item_id, scheme, value)
);
CREATE UNIQUE INDEX identifier_value ON accession.identifier USING btree (scheme, value, (
CASE
    WHEN identity THEN '00000000-0000-0000-0000-000000000000'::uuid
    ELSE item_id
END));

create table accession.image (
  item_id uuid not null,
  type text not null,
  url text not null,
  key text not null,
  width integer not null,
  height integer not null,
  media_type text not null,
  colour text not null,
  thumbnail jsonb not null,
  original jsonb,
  position integer not null,
  provider text not null,
  constraint image_pkey PRIMARY KEY (item_id, type)
);
CREATE INDEX image_by_key ON accession.image USING btree (key);

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
  links jsonb not null default '[]'::jsonb,
  categories jsonb not null default '[]'::jsonb,
  constraint item_pkey PRIMARY KEY (id),
  constraint item_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES accession.item(id)
);
CREATE INDEX item_by_kind ON accession.item USING btree (kind, id) WHERE (merged_into IS NULL);
CREATE INDEX item_by_title ON accession.item USING btree (COALESCE("left"(name_keys[1], 80), ''::text) COLLATE "C", id);
CREATE INDEX item_by_word ON accession.item USING gin (accession.name_lexemes(name_keys)) WITH (fastupdate='on');
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

create table accession.listing (
  scope text not null,
  started_at timestamp with time zone not null,
  updated_at timestamp with time zone not null default now(),
  position jsonb,
  done integer not null,
  refused integer not null,
  id uuid not null default gen_random_uuid(),
  constraint listing_pkey PRIMARY KEY (scope),
  constraint listing_id_key UNIQUE (id)
);

create table accession.listing_item (
  listing_id uuid not null,
  item_id uuid not null,
  constraint listing_item_pkey PRIMARY KEY (listing_id, item_id),
  constraint listing_item_listing_id_fkey FOREIGN KEY (listing_id) REFERENCES accession.listing(id) ON DELETE CASCADE
);

create table accession.migration (
  version integer not null,
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (version)
);

create table accession.name_word (
  word text not null
);
CREATE INDEX name_word_by_beginning ON accession.name_word USING btree (word);
CREATE INDEX name_word_by_end ON accession.name_word USING btree (reverse(word));

create table accession.provider_pause (
  provider text not null,
  paused_at timestamp with time zone not null default now(),
  constraint provider_pause_pkey PRIMARY KEY (provider)
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
  microdollars bigint not null default 0,
  tokens integer not null default 0,
  next_at timestamp with time zone,
  constraint provider_run_pkey PRIMARY KEY (item_id, provider),
  constraint provider_run_item_id_fkey FOREIGN KEY (item_id) REFERENCES accession.item(id)
);
CREATE INDEX provider_run_job ON accession.provider_run USING btree (job_id) WHERE (job_id IS NOT NULL);
CREATE INDEX provider_run_unsettled ON accession.provider_run USING btree (provider, state) WHERE (state <> ALL (ARRAY['contributed'::text, 'not-found'::text]));

create table accession.provider_use (
  provider text not null,
  day date not null,
  requests bigint not null,
  microdollars bigint not null,
  constraint provider_use_pkey PRIMARY KEY (provider, day)
);

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
  constraint relation_to_id_fkey FOREIGN KEY (to_id) REFERENCES accession.item(id)
);
CREATE INDEX relation_to ON accession.relation USING btree (to_id, type);

create table accession.source_breaker (
  source text not null,
  failures integer not null,
  openings integer not null,
  open_until timestamp with time zone,
  probe_until timestamp with time zone,
  reason text,
  constraint source_breaker_pkey PRIMARY KEY (source)
);

create view accession.category as
 SELECT i.id AS item_id,
    c.type,
    c.key,
    c.name,
    c.weight,
    (c."position")::integer AS "position",
    c.provider
   FROM accession.item i,
    LATERAL ROWS FROM(jsonb_to_recordset(i.categories) AS (type text, key text, name text, weight double precision, provider text)) WITH ORDINALITY c(type, key, name, weight, provider, "position");

create view accession.link as
 SELECT i.id AS item_id,
    l.type,
    l.url,
    l.attributes,
    (l."position")::integer AS "position",
    l.provider
   FROM accession.item i,
    LATERAL ROWS FROM(jsonb_to_recordset(i.links) AS (type text, url text, attributes jsonb, provider text)) WITH ORDINALITY l(type, url, attributes, provider, "position");

CREATE OR REPLACE FUNCTION accession.claim_identities(claims jsonb, expected_free boolean)
 RETURNS TABLE(scheme text, value text, item_id uuid, kind text, title text)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
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
    order by w.scheme collate "C", w.value collate "C"
    on conflict (scheme, value, (case when identity then '00000000-0000-0000-0000-000000000000'::uuid else item_id end)) do nothing
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
    order by w.scheme collate "C", w.value collate "C"
    on conflict (scheme, value, (case when identity then '00000000-0000-0000-0000-000000000000'::uuid else item_id end)) do update set scheme = excluded.scheme
    returning scheme, value, item_id
  )
  select o.scheme, o.value, o.item_id, t.kind, t.title
  from (select * from present union all select * from taken) o
  left join accession.item t on t.id = o.item_id;
end
$function$
;

CREATE OR REPLACE FUNCTION accession.identity_owners(claims jsonb)
 RETURNS TABLE(scheme text, value text, item_id uuid, kind text, title text)
 LANGUAGE sql
 STABLE
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
  select x.scheme, x.value, x.item_id, t.kind, t.title
  from jsonb_to_recordset(claims) as w(scheme text, value text)
  join accession.identifier x on x.scheme = w.scheme and x.value = w.value and x.identity
  left join accession.item t on t.id = x.item_id
$function$
;

CREATE OR REPLACE FUNCTION accession.name_lexemes(keys text[])
 RETURNS tsvector
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
declare
  -- Thai to Burmese, Khmer, kana and ideographs, Hangul, and what lies beyond the first plane.
  spaceless constant text := '[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\U00010000-\U0003ffff]';
  key     text;
  word    text;
  words   text[];
  lexemes text[] := '{}';
begin
  foreach key in array keys[1:200] loop
    key := left(key, 80);
    words := string_to_array(key, ' ');
    lexemes := lexemes || words;
    if cardinality(words) > 1 and length(key) <= 40 then
      lexemes := lexemes || replace(key, ' ', '');
    end if;
    if octet_length(key) > length(key) and key ~ spaceless then
      foreach word in array words loop
        for start in 2 .. least(length(word), 12) loop
          if substr(word, start - 1, 2) ~ spaceless then
            lexemes := lexemes || substr(word, start);
          end if;
        end loop;
      end loop;
    end if;
  end loop;
  return array_to_tsvector(array_remove(lexemes, ''));
end
$function$
;

CREATE OR REPLACE FUNCTION accession.note_name_words()
 RETURNS trigger
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
begin
  insert into accession.name_word (word)
  select n.word
  from (
    select distinct left(w, 80) collate "C" as word
    from added a, unnest(a.name_keys[1:200]) k, string_to_table(k, ' ') w
  ) n
  where length(n.word) >= 3 and not exists (select from accession.name_word x where x.word = n.word);
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION accession.refuse_abandoning()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.id = old.id then
    return null;
  end if;

  -- What a save has written meanwhile would not be seen.
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise feature_not_supported using
      message = 'items can only be deleted in a transaction that is read committed';
  end if;

  if exists (select from accession.identifier where item_id = old.id)
    or exists (select from accession.contribution where item_id = old.id)
    or exists (select from accession.image where item_id = old.id)
    or exists (select from accession.relation where from_id = old.id)
  then
    raise foreign_key_violation using
      message = format('item %s has rows in identifier, contribution, image or relation', old.id),
      hint = 'Merge it into another item instead, or delete all of its rows first.';
  end if;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION accession.refuse_abandoning_all()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from accession.identifier)
    or exists (select from accession.contribution)
    or exists (select from accession.image)
    or exists (select from accession.relation)
  then
    raise foreign_key_violation using
      message = 'items have rows in identifier, contribution, image or relation',
      hint = 'Truncate these tables in the same statement.';
  end if;
  return null;
end
$function$
;

CREATE OR REPLACE FUNCTION accession.write_rows(rows jsonb)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET gin_pending_list_limit TO '64'
AS $function$
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
$function$
;

CREATE TRIGGER item_abandoned AFTER DELETE OR UPDATE OF id ON accession.item FOR EACH ROW EXECUTE FUNCTION accession.refuse_abandoning();

CREATE TRIGGER item_words_inserted AFTER INSERT ON accession.item REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accession.note_name_words();

CREATE TRIGGER item_words_updated AFTER UPDATE ON accession.item REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accession.note_name_words();

CREATE TRIGGER items_abandoned AFTER TRUNCATE ON accession.item FOR EACH STATEMENT EXECUTE FUNCTION accession.refuse_abandoning_all();
