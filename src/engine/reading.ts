import { z } from "zod";
import { type ContributionData, type SaidContribution, saidContribution } from "./contribution.ts";
import { AccessionError } from "./errors.ts";
import { type JsonObject, storableJson } from "./json.ts";
import type { Kind, RelatedKind } from "./kind.ts";
import type { Log } from "./log.ts";
import type { Registry } from "./registry.ts";
import { parseWith } from "./schema-parser.ts";
import type { Identifier } from "./scheme.ts";

type SaidRelation = Omit<SaidContribution["relations"][number], "to"> & {
  readonly to: Omit<SaidContribution["relations"][number]["to"], "relations">;
};

/** Links are shown to people, and there are addresses that a browser runs. */
const webPage = /^https?:\/\//i;
/** Characters that a browser leaves out of an address: https://url.spec.whatwg.org/#concept-basic-url-parser */
const ignored = /[\t\n\r]/g;
/** How much of a malformed value is told. */
const longestTold = 100;

/**
 * Reads what a provider, or a person, says of an item: storable, of the right shape, and allowed by the kind. A provider's
 * malformed evidence identifiers, and links that are no web pages, are dropped and logged, since sources are full of them;
 * anything else that is wrong refuses the whole.
 *
 * @param said.nulls whether an attribute may be null (a person's "there is none"); else null counts as not said.
 * @param said.strict whether whoever says it is there to be told of what is malformed: then that too refuses the whole.
 * @throws AccessionError `contribution-invalid`, saying where and why.
 */
export function readContribution(
  raw: unknown,
  said: {
    readonly by: string;
    readonly kind: Kind;
    readonly registry: Registry;
    readonly log: Log;
    readonly nulls?: boolean;
    readonly strict?: boolean;
  },
): SaidContribution {
  const { kind, registry, by } = said;
  const refuse = (why: string): AccessionError =>
    new AccessionError("contribution-invalid", `What ${by} says of a ${kind.name} is not allowed: ${why}.`);
  const shape = parseWith(saidContribution, storableJson(raw));
  if (!shape.success) throw refuse(z.prettifyError(shape.error));
  const { attributes, identifiers, relations, links, ...others } = shape.data;

  const drop = (why: string): void => {
    if (said.strict === true) throw refuse(why);
    said.log.warn({ provider: by, dropped: why }, "a malformed part of a contribution was dropped");
  };
  const known = (identifier: Identifier, of: string): Identifier[] => {
    const scheme = registry.scheme(identifier.scheme);
    if (!scheme) throw refuse(`no kind declares the identifier scheme "${identifier.scheme}" (${of})`);
    const value = scheme.parse(identifier.value);
    if (value !== undefined) return [{ scheme: scheme.name, value }];
    const why = `"${identifier.value.slice(0, longestTold)}" is no ${scheme.name} (${of})`;
    if (scheme.uniqueness === "identity") throw refuse(why);
    drop(why);
    return [];
  };
  function readRelation(of: Kind, relation: SaidRelation): SaidRelation {
    const target: RelatedKind | undefined = of.relations[relation.type];
    if (!target) throw refuse(`a ${of.name} has no relation "${relation.type}"`);
    const stub = readAttributes(target, target.fields, relation.to.attributes, false, refuse);
    if (typeof stub[target.title] !== "string")
      throw refuse(`the ${target.name} of a relation "${relation.type}" has no ${target.title}`);
    const named = relation.to.identifiers.flatMap((one) => known(one, `relation ${relation.type}`));
    return { ...relation, to: { attributes: stub, identifiers: named } };
  }
  const foreign = identifiers.find((one) => !kind.identifiers.some((scheme) => scheme.name === one.scheme));
  if (foreign) throw refuse(`it has no identifier scheme "${foreign.scheme}"`);

  return {
    ...others,
    attributes: readAttributes(kind, kind.fields, attributes, said.nulls ?? false, refuse),
    identifiers: identifiers.flatMap((one) => known(one, "identifiers")),
    relations: relations.map((relation) => {
      const { to, ...rest } = readRelation(kind, relation);
      if (!relation.to.relations) return { ...rest, to };
      const target = registry.importer(kind.relations[relation.type]?.name ?? "").kind;
      return { ...rest, to: { ...to, relations: relation.to.relations.map((one) => readRelation(target, one)) } };
    }),
    links: links.flatMap((link) => {
      const url = link.url.replaceAll(ignored, "");
      if (webPage.test(url) && URL.canParse(url)) return [{ ...link, url }];
      drop(`"${url.slice(0, longestTold)}" is no address of a web page (links)`);
      return [];
    }),
  };
}

function readAttributes(
  kind: RelatedKind,
  fields: Readonly<Record<string, z.ZodType>>,
  attributes: JsonObject,
  nulls: boolean,
  refuse: (why: string) => AccessionError,
): ContributionData["attributes"] {
  const read: ContributionData["attributes"] = {};
  for (const [field, value] of Object.entries(attributes)) {
    const schema = fields[field];
    if (!schema) throw refuse(`${kind.name} has no attribute "${field}"; it has ${Object.keys(fields).join(", ")}`);
    if (value === undefined || value === null) {
      if (value === null && nulls) read[field] = null;
      continue;
    }
    const parsed = parseWith(schema, value);
    if (!parsed.success) throw refuse(`the attribute "${field}": ${z.prettifyError(parsed.error)}`);
    // An attribute's schema may transform; what it gives must be JSON again to be stored.
    const json = parsed.data === value ? value : storableJson(parsed.data);
    if (json === undefined) throw refuse(`the attribute "${field}" is not JSON`);
    read[field] = json;
  }
  return read;
}
