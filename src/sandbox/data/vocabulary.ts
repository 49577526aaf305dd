/**
 * The fixed vocabularies of MusicBrainz with their public identifiers: every `type` in an answer comes with a `type-id`.
 * Source: https://musicbrainz.org/doc/MusicBrainz_Database/Schema.
 */

/** Kinds of artist, https://musicbrainz.org/doc/Artist#Type. */
export const artistTypeIds = {
  Person: "b6e035f4-3ce9-331c-97df-83397230b0df",
  Group: "e431f5f6-b5d2-343d-8b36-72607fffb74b",
  Orchestra: "a0b36c92-3eb1-3839-a4f9-4799823f54a5",
  Choir: "6124967d-7e3a-3eba-b642-c9a2ffb44d94",
  Character: "5c1375b0-f18d-3db7-a164-a49d7a63773f",
  Other: "ac897045-5043-3294-969b-187360e45d86",
} as const;

/** Genders, written with a capital in a lookup and in lower case in a search hit. */
export const genderIds = {
  Male: "36d3d30a-839d-3eda-8cb3-29be4384e4a9",
  Female: "93452b5a-a947-30c8-934f-6a4056b151c2",
} as const;

/** Primary types of a release group, https://musicbrainz.org/doc/Release_Group/Type. */
export const primaryTypeIds = {
  Album: "f529b476-6e62-324f-b0aa-1f3e33d313fc",
  Single: "d6038452-8ee0-3f68-affc-2de9a1ede0b9",
  EP: "6d0c5bf6-7a33-3420-a519-44fc63eedebf",
  Broadcast: "3b2e49e1-2875-37b8-9fa9-1f7cf3f49900",
  Other: "4fc3be2b-de1e-396b-a933-beb8f1607a22",
} as const;

/** Secondary types of a release group, https://musicbrainz.org/doc/Release_Group/Type. */
export const secondaryTypeIds = {
  Compilation: "dd2a21e1-0c00-3729-a7a0-de60b84eb5d1",
  Live: "6fd474e2-6b58-3102-9d17-d6f7eb7da0a0",
  Soundtrack: "22a628ad-c082-3c4f-b1b6-d41665107b88",
  Remix: "0c60f497-ff81-3818-befd-abfc84a4858b",
  Demo: "81598169-0d6c-3bce-b4be-866fa658eda3",
} as const;

/** Statuses of a release, https://musicbrainz.org/doc/Release#Status. */
export const statusIds = {
  Official: "4e304316-386d-3409-af2e-78857eec5cfe",
  Promotion: "518ffc83-5cde-34df-8627-81bff5093d92",
  Bootleg: "1156806e-d06a-38bd-83f0-cf2284a808b9",
  "Pseudo-Release": "41121bb9-3413-3818-8a9a-9742318349aa",
} as const;

/** Formats of a medium. */
export const formatIds = {
  CD: "9712d52a-4509-3d4b-a1a2-67c88c643e31",
  '12" Vinyl': "3e9080b0-5e6c-34ab-bd15-f526b6306a64",
  Cassette: "f5e6e254-8f39-331c-936b-9c69d686dc47",
  "Digital Media": "907a28d9-b3b2-3ef6-89a8-7b18d91d4794",
  "DVD-Video": "bb71fd58-ff93-32b4-a201-4ad1b2a80e5f",
  "Blu-ray": "c693c05b-3316-3d69-afc2-5e2bc455bffc",
} as const;

/** Kinds of alias of an artist, https://musicbrainz.org/doc/Aliases. */
export const artistAliasTypeIds = {
  "Artist name": "894afba6-2816-3c24-8072-eadb66bd04bc",
  "Legal name": "d4dcd0c0-b341-3612-a332-c0ce797b25cf",
  "Search hint": "1937e404-b981-3cb7-8151-4c86ebfc8d8e",
} as const;

/** Kinds of area that search hits name; lookups leave them null. */
export const areaTypeIds = {
  Country: "06dd0ae4-8c74-30bb-b43d-95dcedf961de",
  City: "6fd8f29a-3d0a-32fc-980d-ea697b69da78",
} as const;

/** Relationships from an artist to a web address, https://musicbrainz.org/relationships/artist-url. */
export const artistUrlRelationIds = {
  wikidata: "689870a4-a1e4-4912-b17f-7b2664215698",
  discogs: "04a5b104-a4c2-4bac-99a1-7b837c37d9e4",
  allmusic: "6b3e3c85-0002-4f34-aca6-80ace0d7e846",
  "official homepage": "fe33d22f-c3b0-4d68-bd53-a856badf2b15",
  "last.fm": "08db8098-c0df-4b78-82c3-c8697b4bba7f",
  youtube: "6a540e5b-58c6-4192-b6ba-dbc71ec8fcf0",
  "social network": "99429741-f3f6-484b-84f8-23af51991770",
  VIAF: "e8571dcc-35d4-4e91-a577-a3382fd84460",
} as const;

/** Relationships from a release group to a web address, https://musicbrainz.org/relationships/release_group-url. */
export const releaseGroupUrlRelationIds = {
  wikidata: "b988d08c-5d86-4a57-9557-c83b399e3580",
  discogs: "99e550f3-5ab4-3110-b5b9-fe01d970b126",
  allmusic: "a50a1d20-2b20-4d2c-9a29-eb771dd78386",
  lyrics: "156344d3-da8b-40c6-8b10-7b1c22727124",
  review: "c3ac9c3b-f546-4d15-873f-b294d2c1b708",
} as const;

/** Packagings of a release, https://musicbrainz.org/doc/Release/Packaging. */
export const packagingIds = {
  "Jewel Case": "ec27701a-4a22-37f4-bfac-6616e0f9750a",
  "Gatefold Cover": "e724a489-a7e8-30a1-a17c-30dfd6831202",
  "Cardboard/Paper Sleeve": "f7101ce3-0384-39ce-9fde-fbbd0044d35f",
  Digipak: "8f931351-d2e2-310f-afc6-37b89ddba246",
  "Cassette Case": "c70b737a-0114-39a9-88f7-82843e54f906",
  Box: "c1668fc7-8944-4a00-bc3e-46e8d861d211",
  None: "119eba76-b343-3e02-a292-f0f00644bb9b",
} as const;

/** Kinds of label, https://musicbrainz.org/doc/Label/Type. */
export const labelTypeIds = {
  "Original Production": "7aaa37fe-2def-3476-b359-80245850062d",
  Imprint: "b6285b2a-3514-3d43-80df-fcf528824ded",
  Production: "a2426aab-2dd4-339c-b47d-b4923a241678",
} as const;

/** Relationships from a release to a web address, https://musicbrainz.org/relationships/release-url. */
export const releaseUrlRelationIds = {
  "amazon asin": "4f2e710d-166c-480c-a293-2e2c8d658d87",
  discogs: "4a78823c-1c53-4176-a5f3-58026c76f2bc",
} as const;

/** Kinds of series, https://musicbrainz.org/doc/Series, with the relationship from what is in them. */
export const seriesTypes = {
  "Release group series": {
    id: "4c1c4949-7b6c-3a2d-9d54-a50a27e4fa77",
    partOf: "01018437-91d8-36b9-bf89-3f885d53b5bd",
  },
  "Release series": { id: "52b90f1e-ff62-3bd0-b254-5d91ced5d757", partOf: "3fa29f01-8e13-3e49-9b0a-ad212aa2f81d" },
  "Recording series": { id: "dd968243-7128-30a2-81f0-79843430a8e2", partOf: "ea6f0698-6782-30d6-b16d-293081b66774" },
  // The real identifier of this type is not known here.
  "Artist series": { id: "c4a4d1d9-9d8c-4a2e-8b4d-6f0a5a3c5d10", partOf: "d1a845d1-8c03-3191-9454-e4e8d37fa5e0" },
} as const;

/** The attribute of a relationship that holds the number of an item in a series. */
export const seriesNumberAttributeId = "a59c5830-5ec7-38fe-9a21-c7ea54f6650a";
