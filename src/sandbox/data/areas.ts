import { mbid } from "./mbid.ts";

/** A country or a city. `iso` is the ISO 3166-1 code, which only countries have. */
export interface AreaRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: "Country" | "City";
  readonly iso: string | null;
}

const country = (name: string, iso: string, id: string): AreaRecord => ({ id, name, kind: "Country", iso });
const city = (name: string, id: string = mbid("area", name)): AreaRecord => ({ id, name, kind: "City", iso: null });

/** The areas that the data set names, by the name it names them with. */
export const areas = {
  Australia: country("Australia", "AU", "106e0bec-b638-3b37-b731-f53d507dc00e"),
  Canada: country("Canada", "CA", "71bbafaa-e825-3e15-8ca9-017dcad1748b"),
  France: country("France", "FR", "08310658-51eb-3801-80de-5a0739207115"),
  Germany: country("Germany", "DE", "85752fda-13c4-31a3-bee5-0e5cb1f51dad"),
  Greece: country("Greece", "GR", "803db0ca-b6ed-3bbc-aeb8-f89efd0a2168"),
  Iceland: country("Iceland", "IS", "48802a32-075a-3805-a183-277c66047693"),
  Japan: country("Japan", "JP", "2db42837-c832-3c27-b4a3-08198f75693c"),
  Lebanon: country("Lebanon", "LB", "8138206e-5786-3f86-a53b-19a7303e7419"),
  Russia: country("Russia", "RU", "1f1fc3a4-9500-39b8-9f10-f0a465557eef"),
  "United Kingdom": country("United Kingdom", "GB", "8a754a16-0027-3a29-b6d7-2b40ea0481ed"),
  "United States": country("United States", "US", "489ce91b-6658-3307-9877-795b68554c98"),
  Yugoslavia: country("Yugoslavia", "YU", mbid("area", "Yugoslavia")),
  // Releases come out here; the codes are MusicBrainz's own.
  Europe: country("Europe", "XE", "89a675c2-3e37-3518-b83c-418bad59a85a"),
  "[Worldwide]": country("[Worldwide]", "XW", "525d4e18-3d00-31b9-a58b-a146a916de8f"),

  "Aberdeen, Washington": city("Aberdeen", "a640b45c-c173-49b1-8030-973603e895b5"),
  "Abingdon-on-Thames": city("Abingdon-on-Thames"),
  Alton: city("Alton", "39e1719e-2604-4b59-b698-dab7caf85b33"),
  Athens: city("Athens"),
  Beirut: city("Beirut"),
  Belgrade: city("Belgrade"),
  Bristol: city("Bristol"),
  Cologne: city("Cologne"),
  Dallas: city("Dallas"),
  Duluth: city("Duluth", "04e60741-b1ae-4078-80bb-ffe8ae643ea7"),
  Dumbarton: city("Dumbarton"),
  Düsseldorf: city("Düsseldorf"),
  Houston: city("Houston"),
  Liverpool: city("Liverpool", "c249c30e-88ab-4b2f-a745-96a25bd7afee"),
  London: city("London", "f03d09b3-39dc-4083-afd6-159e3f0d462f"),
  "Los Angeles": city("Los Angeles", "1f40c6e1-47ba-4e35-996f-fe6ee5840e62"),
  Minneapolis: city("Minneapolis"),
  "New York": city("New York", "74e50e58-5deb-4b99-93a2-decbb365c07f"),
  Reykjavík: city("Reykjavík"),
  Sacramento: city("Sacramento"),
  "Saint Petersburg": city("Saint Petersburg"),
  Seattle: city("Seattle", "10adc6b5-63bf-4b4e-993e-ed83b05c22fc"),
  Sydney: city("Sydney"),
  Tokyo: city("Tokyo", "8dc97297-ac95-4d33-82bc-e07fab26fb5f"),
  Woodbridge: city("Woodbridge"),
} as const satisfies Record<string, AreaRecord>;

/** The name by which a data file points to an area, e.g. `"Aberdeen, Washington"`. */
export type AreaName = keyof typeof areas;

/** The country with an ISO 3166-1 code, e.g. `"GB"`; `undefined` when the data set has none. */
export const countryByCode = (iso: string): AreaRecord | undefined =>
  Object.values<AreaRecord>(areas).find((area) => area.iso === iso);
