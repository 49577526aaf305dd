import { z } from "zod";
import { resourceNames } from "./product-json.ts";
import { refuse } from "./refusals.ts";

const text = z.string().min(1).max(500);
const common = {
  partnerTag: text,
  resources: z.array(z.string().refine((name) => resourceNames.has(name), "is no resource")).optional(),
};

const searchItems = z
  .strictObject({
    ...common,
    keywords: text.optional(),
    artist: text.optional(),
    title: text.optional(),
    searchIndex: z.enum(["All", "Music", "DigitalMusic", "MusicalInstruments"]).optional(),
    itemCount: z.int().min(1).max(10).optional(),
    itemPage: z.int().min(1).max(10).optional(),
    sortBy: z.enum(["Relevance", "Featured", "NewestArrivals"]).optional(),
    condition: z.enum(["Any", "New"]).optional(),
  })
  .refine((asked) => asked.keywords ?? asked.artist ?? asked.title, "needs keywords, artist or title");

const getItems = z.strictObject({
  ...common,
  itemIds: z
    .array(z.string().regex(/^[A-Z0-9]{10}$/))
    .min(1)
    .max(10),
  itemIdType: z.literal("ASIN").optional(),
});

/** What a request asks for, once it was read. */
export type ProductRequest = z.output<typeof searchItems> | z.output<typeof getItems>;

/** Reads a request as strictly as the real service, or refuses it. */
export const readRequest = async (
  request: Request,
  operation: "searchItems" | "getItems",
): Promise<ProductRequest | Response> => {
  if (request.headers.get("content-type")?.startsWith("application/json") !== true)
    return refuse("ValidationException", "The request is no JSON.", { reason: "CannotParse" });
  let json: unknown;
  try {
    json = await request.json();
  } catch {
    return refuse("ValidationException", "The request cannot be parsed.", { reason: "CannotParse" });
  }
  const read = (operation === "searchItems" ? searchItems : getItems).safeParse(json);
  if (read.success) return read.data;
  return refuse("ValidationException", "The request is not valid.", {
    reason: "FieldValidationFailed",
    fieldList: read.error.issues.map(({ path, message }) => ({ name: path.join("."), message })),
  });
};
