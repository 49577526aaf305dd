import { AccessionError, type Catalog, type Curated, type Edit, type Item } from "../../index.ts";
import { openCatalogue } from "../catalogue.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import { findItem } from "../item-reference.ts";
import { kindNamed } from "../kinds.ts";
import { tellCurated } from "../output/curated.ts";

/** `accession edit`: says something as a person, which wins over every provider. */
export async function edit(
  invocation: Invocation,
  reference: string,
  assignments: readonly string[],
): Promise<ExitCode> {
  const pairs = assignments.map(readAssignment);
  const catalog = await openCatalogue(invocation);
  const item = await findItem(catalog, reference);
  const attributes = Object.fromEntries(pairs.map(({ field, text }) => [field, readValue(item, field, text)]));
  return tellCurated(invocation.output, await save(catalog, item, { attributes } as Edit));
}

/** Saves the edit; what its kind's schema refuses is a value that was typed wrong, not a provider's fault. */
async function save(catalog: Catalog, item: Item, said: Edit): Promise<Curated> {
  try {
    return await catalog.edit(item, said);
  } catch (thrown) {
    if (!(thrown instanceof AccessionError) || thrown.code !== "contribution-invalid") throw thrown;
    throw new AccessionError("query-invalid", thrown.message, { cause: thrown });
  }
}

function readAssignment(assignment: string): { readonly field: string; readonly text: string } {
  const [, field, text] = /^([A-Za-z]\w*)=(.*)$/s.exec(assignment) ?? [];
  if (field !== undefined && text !== undefined) return { field, text };
  throw new AccessionError("query-invalid", `"${assignment.slice(0, 100)}" does not read field=value.`);
}

/** A value as typed: null where there is none, the text itself where the field takes text, else JSON. */
function readValue(item: Item, field: string, text: string): unknown {
  const { fields } = kindNamed(item.kind);
  const schema = fields[field];
  if (!schema) {
    throw new AccessionError(
      "query-invalid",
      `A ${item.kind} has no field "${field}". It has ${Object.keys(fields).join(", ")}.`,
    );
  }
  if (text === "" || text === "null") return null;
  if (schema.safeParse(text).success) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // What the schema has against the text says more than what the JSON parser has.
    return text;
  }
}
