-- A page adds the items that it has brought, however many the pages before it have brought.
alter table accession.listing add column id uuid not null default gen_random_uuid();
alter table accession.listing add constraint listing_id_key unique (id);

create table accession.listing_item (
  listing_id uuid not null references accession.listing (id) on delete cascade,
  item_id    uuid not null,
  primary key (listing_id, item_id)
);

-- What broke off before goes on as it would have.
insert into accession.listing_item (listing_id, item_id)
select distinct l.id, s.item_id from accession.listing l cross join unnest(l.seen) as s(item_id);

alter table accession.listing drop column seen;
