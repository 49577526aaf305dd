-- The items of a kind are asked for without those that were merged into others. An index of just these answers by itself how
-- many there are, and which a provider has not been asked about, where the whole of the rows had to be read.
drop index accession.item_by_kind;
create index item_by_kind on accession.item (kind, id) where merged_into is null;
