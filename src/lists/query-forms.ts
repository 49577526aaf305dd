import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import type { Kind } from "../engine/kind.ts";

/** A field of a query, as a cell of text has to fill it. */
interface QueryField {
  readonly name: string;
  readonly isRequired: boolean;
  /** Whether it takes a number and no text. */
  readonly isNumber: boolean;
}

/** One of the forms that a kind's queries may have: by identifier, by name. */
export type QueryForm = readonly QueryField[];

const schema = z.object({
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
});

/**
 * The forms that a kind's queries may have, in the order in which its schema gives them, as zod's own JSON Schema of it
 * says. A field that takes an object alone is left out: no cell can fill it.
 *
 * @throws AccessionError `query-invalid` for a kind whose queries are no objects.
 */
export function queryForms(kind: Kind): readonly QueryForm[] {
  const forms = formsOf(z.toJSONSchema(kind.query, { io: "input", unrepresentable: "any" }));
  if (forms.length > 0) return forms;
  throw new AccessionError("query-invalid", `The queries of a ${kind.name} are no objects: no list can hold them.`);
}

function formsOf(json: unknown): readonly QueryForm[] {
  const read = schema.parse(json);
  const alternatives = read.anyOf ?? read.oneOf;
  if (alternatives) return alternatives.flatMap(formsOf);
  if (!read.properties) return [];
  const fields = Object.entries(read.properties).flatMap(([name, property]): QueryField[] => {
    const types = typesOf(property);
    const isText = types.length === 0 || types.includes("string");
    const isNumber = !isText && types.some((type) => type === "number" || type === "integer");
    return isText || isNumber ? [{ name, isRequired: read.required.includes(name), isNumber }] : [];
  });
  return [fields];
}

function typesOf(json: unknown): readonly string[] {
  const read = schema.safeParse(json);
  if (!read.success) return [];
  const { type, anyOf, oneOf } = read.data;
  const alternatives = anyOf ?? oneOf;
  if (alternatives) return alternatives.flatMap(typesOf);
  return type === undefined ? [] : [type].flat();
}

/**
 * A query of what is known: of the form that takes all of it; where none does, of the first that has what it requires, so
 * that an identifier goes before a name. Undefined where no form has what it requires.
 */
export function fillForms(
  forms: readonly QueryForm[],
  values: ReadonlyMap<string, string>,
): Readonly<Record<string, string | number>> | undefined {
  const possible = forms.filter(
    (form) => form.some(({ name }) => values.has(name)) && form.every((one) => !one.isRequired || values.has(one.name)),
  );
  const asked = [...values.keys()].filter((name) => forms.flat().some((field) => field.name === name));
  const whole = possible.find((form) => asked.every((name) => form.some((field) => field.name === name)));
  const form = whole ?? possible[0];
  return form && Object.fromEntries(form.flatMap((field) => filled(field, values.get(field.name))));
}

function filled(
  { name, isNumber }: QueryField,
  text: string | undefined,
): readonly (readonly [string, string | number])[] {
  if (text === undefined) return [];
  return [[name, isNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text]];
}
