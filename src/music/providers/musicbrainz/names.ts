import { storableText } from "../../../engine/json.ts";
import { parsePartialDate } from "../../../engine/partial-date.ts";
import type { Alias } from "../../alias.ts";
import type { AliasResponse } from "./responses/parts.ts";

/** A text that says something; MusicBrainz says nothing with null, with "" and by leaving it out. */
export function said(text: string | null | undefined): string | undefined {
  const visible = storableText(text ?? "").trim();
  return visible === "" ? undefined : visible;
}

/** A word of a vocabulary in lower case; the service capitalises it in a look-up and sometimes not in a search. */
export function saidWord(word: string | null | undefined): string | undefined {
  return said(word)?.toLowerCase();
}

/** A word of a closed vocabulary; undefined for one that we do not know. */
export function oneOf<Word extends string>(words: readonly Word[], word: string | null | undefined): Word | undefined {
  const lower = saidWord(word);
  return words.find((known) => known === lower);
}

/** A country's two letters; undefined for anything else. */
export function countryOf(code: string | null | undefined): string | undefined {
  const letters = said(code);
  return letters !== undefined && /^[A-Z]{2}$/.test(letters) ? letters : undefined;
}

/** The other names of an entity; undefined for none, since not to be told of any is not to be told that there are none. */
export function aliasesOf(aliases: readonly AliasResponse[]): Alias[] | undefined {
  const known = aliases.map((alias) => ({
    name: alias.name,
    sortName: said(alias["sort-name"]),
    locale: said(alias.locale),
    primary: alias.primary ?? undefined,
    type: saidWord(alias.type),
    begin: parsePartialDate(alias.begin ?? alias["begin-date"]),
    end: parsePartialDate(alias.end ?? alias["end-date"]),
  }));
  return known.length === 0 ? undefined : known;
}
