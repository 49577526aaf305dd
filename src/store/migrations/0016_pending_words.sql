-- How long the pending list may grow is for who saves to say, which nobody can where the index says it: a load saves faster
-- with a long one, and sorts it in at its end.
alter index accession.item_by_word reset (gin_pending_list_limit);
