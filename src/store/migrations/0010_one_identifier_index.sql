-- One index finds an identifier's items and keeps an identity to one of them, where there were two: an identity is unique as
-- it is, an evidence together with its item.
create unique index identifier_value on accession.identifier
  (scheme, value, (case when identity then '00000000-0000-0000-0000-000000000000'::uuid else item_id end));
drop index accession.identifier_identity;
drop index accession.identifier_by_value;

-- As before, but for the index that decides, and in one order whatever the database's collation.
create or replace function accession.claim_identities(claims jsonb, expected_free boolean)
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
$$;

-- Whose identities are, of those that somebody has: for a save of so many new items that its claims are copied with them.
create function accession.identity_owners(claims jsonb)
returns table (scheme text, value text, item_id uuid, kind text, title text)
language sql stable
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
  select x.scheme, x.value, x.item_id, t.kind, t.title
  from jsonb_to_recordset(claims) as w(scheme text, value text)
  join accession.identifier x on x.scheme = w.scheme and x.value = w.value and x.identity
  left join accession.item t on t.id = x.item_id
$$;
