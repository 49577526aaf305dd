-- What is said of an item is only ever written where the item is known to exist: docs/decisions/rows-of-items.md says how. To
-- look each of these rows' items up once more took a quarter of what the database does in a load. What remains to be kept is
-- that no item goes that has such rows.
alter table accession.identifier drop constraint identifier_item_id_fkey;
alter table accession.contribution drop constraint contribution_item_id_fkey;
alter table accession.image drop constraint image_item_id_fkey;
alter table accession.relation drop constraint relation_from_id_fkey;

create function accession.refuse_abandoning() returns trigger language plpgsql as $$
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
$$;

create trigger item_abandoned after delete or update of id on accession.item
  for each row execute function accession.refuse_abandoning();

create function accession.refuse_abandoning_all() returns trigger language plpgsql as $$
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
$$;

create trigger items_abandoned after truncate on accession.item
  for each statement execute function accession.refuse_abandoning_all();
