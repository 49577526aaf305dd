-- The endings of a word are lexemes from a letter on that is written without spaces, or that follows one. Before, one such
-- letter in a name made lexemes of all endings of all its words, "loyd" and "oyd" and "yd" as well.
create or replace function accession.name_lexemes(keys text[]) returns tsvector
  language plpgsql immutable parallel safe
as $$
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
$$;

create index item_by_word on accession.item using gin (accession.name_lexemes(name_keys))
  with (fastupdate = on, gin_pending_list_limit = 64);
