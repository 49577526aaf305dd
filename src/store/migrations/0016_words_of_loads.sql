-- How many names may wait to be sorted into the index of words is for who saves them to say, which nobody can where the index
-- says it: a load is faster where many may, and sorts them in at its end. Whoever else saves names sorts them in beyond 64 kB,
-- those of a load that was killed included.
alter index accession.item_by_word reset (gin_pending_list_limit);
alter function accession.write_rows(jsonb) set gin_pending_list_limit = 64;
