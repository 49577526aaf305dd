import { mbid } from "./mbid.ts";

const known: Readonly<Record<string, string>> = {
  "alternative rock": "ceeaa283-5d7b-4202-8d1d-e25d116b2a18",
  "art pop": "930ef127-3653-4677-9b95-ecc90c7c1a14",
  "art rock": "b7ef058e-6d83-4ca4-8123-9724bff4648b",
  "blues rock": "58e325d5-54fd-4e98-b39a-3aa6bc319273",
  country: "5f665615-7fb3-49d8-b541-62a7b239edbe",
  "dance-pop": "b739a895-85ed-4ad3-8717-4e9ef5387dd8",
  electronic: "89255676-1f14-4dd8-bbad-fca839d6aff4",
  experimental: "68c81274-5770-4e7b-a4bf-ab0d7d425d99",
  "folk rock": "445dc48f-5233-4b4f-987f-867ff9ade836",
  folk: "a91eed3a-fdd0-494e-ade0-95ea4117f6eb",
  "hard rock": "51cb9f91-e6a2-41bf-891f-e78e3f1e52ab",
  "heavy metal": "a6719055-99c4-47eb-beaa-71081f2376f9",
  "j-pop": "eba7715e-ee26-4989-8d49-9db382955419",
  jazz: "a715278f-1580-409f-8078-4ffbc800e08b",
  "new wave": "56407f9d-3398-4bf3-bbbd-ea372fa5adeb",
  pop: "911c7bbb-172d-4df8-9478-dbff4296e791",
  "power pop": "618704fc-daac-44a2-92c9-89e3b1a2fc8c",
  "progressive rock": "ae9b8279-3959-48d8-8a88-741a7f6d4a48",
  "psychedelic pop": "2aeb5340-c474-4677-b9a6-35ddac9b6a58",
  "psychedelic rock": "146ef761-5ad9-48b4-b0b3-483104f7da48",
  rock: "0e3fc579-2d24-4f20-9dae-736e1ec78798",
  "singer-songwriter": "455f264b-db00-4716-991d-fbd32dc24523",
  "space rock": "532dcf83-5641-446d-b007-51292b401650",
  "synth-pop": "988e91a3-3341-416d-b7f8-7dbef6848dac",
  "trip hop": "45eb1d9c-588c-4dc8-9394-a14b7c8f02bc",
};

/** The identifier of a genre by its lower-case name (https://musicbrainz.org/genres), made up where it is not known. */
export const genreId = (name: string): string => known[name] ?? mbid("genre", name);
