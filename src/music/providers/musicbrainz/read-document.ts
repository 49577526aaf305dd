import type { z } from "zod";
import { AccessionError } from "../../../engine/errors.ts";
import { parseWith } from "../../../engine/schema-parser.ts";

/**
 * Reads a document, from a dump or a page of many, by the schema of a look-up.
 *
 * @param what what it is to be, for the message: `artist`.
 * @throws AccessionError `source-response-invalid`, with the first thing that is wrong.
 */
export function readDocument<Data>(schema: z.ZodType<Data>, document: unknown, what: string): Data {
  const parsed = parseWith(schema, document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map(String).join(".") ?? "";
  throw new AccessionError(
    "source-response-invalid",
    `This is no ${what} of MusicBrainz${place === "" ? "" : `, at "${place}"`}: ${issue?.message ?? "unknown"}.`,
  );
}

/** Whatever can still be read of a document that is malformed: its id and title, where these are texts. */
export function remnantsOf(document: unknown): { readonly id: string; readonly title?: string } {
  const { id, title } = { id: undefined, title: undefined, ...(document as object | null) } as Record<string, unknown>;
  return { id: typeof id === "string" ? id : "", ...(typeof title === "string" && { title }) };
}
