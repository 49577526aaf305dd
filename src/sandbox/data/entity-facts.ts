import type { AliasRecord, ArtistRecord, CreditRecord, EntityRecord, RatingRecord, UrlRecord } from "./records.ts";

/** An alias as a data file writes it: the bare name, or the name with what else is known. */
type AliasFacts = string | ({ readonly name: string } & Partial<Omit<AliasRecord, "name">>);

/** The plain facts that a data file may write about any entity. What is left out is unknown. */
export interface EntityFacts<Relation extends string> {
  /** The real identifier where it is known for certain; otherwise left out and made up from the name. */
  readonly id?: string;
  readonly mergedIds?: readonly string[];
  readonly disambiguation?: string;
  readonly annotation?: string;
  readonly aliases?: readonly AliasFacts[];
  readonly genres?: Readonly<Record<string, number>>;
  readonly tags?: Readonly<Record<string, number>>;
  /** Average (0–5) and number of votes. */
  readonly rating?: readonly [value: number, votes: number];
  /** Default 0.5. */
  readonly popularity?: number;
  readonly urls?: Readonly<Partial<Record<Relation, string | readonly string[]>>>;
}

/** A credit part as a data file writes it. `as` is the credited name where it differs from the artist's. */
interface CreditFacts {
  readonly artist: ArtistRecord;
  readonly as?: string;
  readonly join?: string;
}

/** Who is credited, as a data file writes it: one artist, or several with their join phrases. */
export type CreditedTo = ArtistRecord | readonly (ArtistRecord | CreditFacts)[];

const alias = (facts: AliasFacts): AliasRecord => {
  const known = typeof facts === "string" ? { name: facts } : facts;
  return {
    sortName: known.name,
    type: null,
    locale: null,
    primary: false,
    begin: null,
    end: null,
    ...known,
  };
};

const rating = (facts: readonly [number, number] | undefined): RatingRecord =>
  facts === undefined ? { value: null, votes: 0 } : { value: facts[0], votes: facts[1] };

/** The web addresses of an entity, one record for each. */
export const urls = <Relation extends string>(facts: EntityFacts<Relation>["urls"]): readonly UrlRecord<Relation>[] => {
  const entries = Object.entries(facts ?? {}) as [Relation, string | readonly string[]][];
  return entries.flatMap(([relation, resources]) => [resources].flat().map((resource) => ({ relation, resource })));
};

/** What every entity has, from its facts; `madeUpId` is its identifier unless the facts know the real one. */
export const entity = (facts: EntityFacts<string>, madeUpId: string): EntityRecord => ({
  id: facts.id ?? madeUpId,
  mergedIds: facts.mergedIds ?? [],
  disambiguation: facts.disambiguation ?? "",
  annotation: facts.annotation ?? null,
  aliases: (facts.aliases ?? []).map(alias),
  genres: facts.genres ?? {},
  tags: facts.tags ?? {},
  rating: rating(facts.rating),
  popularity: facts.popularity ?? 0.5,
});

/** An artist credit from its facts. */
export const credits = (by: CreditedTo): readonly CreditRecord[] =>
  [by]
    .flat()
    .map((part) =>
      "artist" in part
        ? { artist: part.artist, name: part.as ?? part.artist.name, join: part.join ?? "" }
        : { artist: part, name: part.name, join: "" },
    );
