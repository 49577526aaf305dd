-- Search by name: as typed, by the words of names; misspelled, by the words that any name has.

-- What an item is found under: each word of its names, each name with its spaces taken out, and, since scripts without
-- spaces write many words as one, every ending of such a word. One prefix of a lexeme then is the middle of a name.
-- The limits keep names that nobody would type from filling the index; the longest vector stays within what it may be.
create function accession.name_lexemes(keys text[]) returns tsvector
  language plpgsql
  immutable
  parallel safe
as $$
declare
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
    -- Thai to Burmese, Khmer, kana and ideographs, Hangul, and what lies beyond the first plane.
    if octet_length(key) > length(key) and key ~ '[\u0e00-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af\U00010000-\U0003ffff]' then
      foreach word in array words loop
        for start in 2 .. least(length(word), 12) loop
          lexemes := lexemes || substr(word, start);
        end loop;
      end loop;
    end if;
  end loop;
  return array_to_tsvector(array_remove(lexemes, ''));
end
$$;

create index item_by_word on accession.item using gin (accession.name_lexemes(name_keys)) with (fastupdate = off);
-- Titles in alphabetical order, for beginnings and for listing.
create index item_by_title on accession.item ((coalesce(left(name_keys[1], 80), '')) collate "C", id);

-- Every word that a name has, or had: what a misspelled word may have meant. Two saves at once may note a word twice, which
-- does no harm, where a unique index would make one of them wait for the other.
create table accession.name_word (
  word text collate "C" not null
);
create index name_word_by_beginning on accession.name_word (word);
create index name_word_by_end on accession.name_word (reverse(word) collate "C");

-- A word of fewer letters is never taken for another one.
create function accession.note_name_words() returns trigger
  language plpgsql
  set plan_cache_mode = force_generic_plan
  set enable_seqscan = off
  set enable_hashjoin = off
  set enable_mergejoin = off
as $$
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
$$;

create trigger item_words_inserted after insert on accession.item
  referencing new table as added
  for each statement execute function accession.note_name_words();
create trigger item_words_updated after update on accession.item
  referencing new table as added
  for each statement execute function accession.note_name_words();

insert into accession.name_word (word)
select distinct left(w, 80)
from accession.item i, unnest(i.name_keys[1:200]) k, string_to_table(k, ' ') w
where length(w) >= 3;
