import type { z } from "zod";
import type { AccessionError, Change, Item, MatchCandidate, ProviderOutcome, Run } from "../../index.ts";
import type {
  candidateDocument,
  changeDocument,
  errorDocument,
  itemDocument,
  providerDocument,
} from "./document-schema.ts";
import { maskSecrets } from "./secrets.ts";

type ItemDocument = z.input<typeof itemDocument>;
type CandidateDocument = z.input<typeof candidateDocument>;
type ProviderDocument = z.input<typeof providerDocument>;
type ChangeDocument = z.input<typeof changeDocument>;
type ErrorDocument = z.input<typeof errorDocument>;

/** An item as its JSON document. */
export function documentOfItem(item: Item): ItemDocument {
  const { id, kind, title, version, createdAt, updatedAt } = item;
  return {
    id,
    kind,
    title,
    attributes: plain(item.attributes),
    identifiers: item.identifiers.map(({ scheme, value, provider }) => ({ scheme, value, provider })),
    categories: item.categories.map(({ type, name, weight, provider }) => ({
      type,
      name,
      provider,
      ...(weight !== undefined && { weight }),
    })),
    relations: item.relations.map(({ type, position, attributes, provider, item: to }) => ({
      type,
      position,
      attributes: plain(attributes),
      provider,
      item: { id: to.id, kind: to.kind, title: to.title },
    })),
    links: item.links.map(({ type, url, attributes, provider }) => ({
      type,
      url,
      attributes: plain(attributes),
      provider,
    })),
    images: item.images.map(documentOfImage),
    version,
    createdAt,
    updatedAt,
  };
}

function documentOfImage(image: Item["images"][number]): ItemDocument["images"][number] {
  const { type, url, key, width, height, mediaType, colour, thumbnail, original, provider } = image;
  const base = { type, url, key, width, height, mediaType, colour, provider };
  const sizeOf = (size: typeof thumbnail) => ({ key: size.key, width: size.width, height: size.height });
  const small = { ...base, thumbnail: sizeOf(thumbnail) };
  return original ? { ...small, original: { ...sizeOf(original), mediaType: original.mediaType } } : small;
}

/** What changed, as its JSON document. */
export function documentOfDifference(difference: readonly Change[]): ChangeDocument[] {
  // What changed is JSON; only the type of an object's members allows undefined.
  return difference.map((change) => ({ ...change })) as ChangeDocument[];
}

/** An error as its JSON document. */
export function documentOfError(error: AccessionError): ErrorDocument {
  return {
    code: error.code,
    message: maskSecrets(error.message),
    remedy: error.remedy,
    retryable: error.retryable,
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}

/** What became of a provider in an import, as its JSON document. */
export function documentOfOutcome(outcome: ProviderOutcome): ProviderDocument {
  const { provider: name, status, requests } = outcome;
  return {
    name,
    status,
    requests,
    ...(outcome.status === "failed" && { error: documentOfError(outcome.error) }),
    ...(outcome.status === "skipped" && { reason: outcome.reason }),
  };
}

/** Where a provider stands for an item, as its JSON document. */
export function documentOfRun(run: Run): ProviderDocument {
  return {
    name: run.provider,
    status: run.state,
    requests: run.requests,
    attempt: run.attempt,
    ...(run.error && { error: { code: run.error.code, message: run.error.message } }),
    ...(run.finishedAt !== undefined && { finishedAt: run.finishedAt }),
    ...(run.nextAt !== undefined && { nextAt: run.nextAt }),
    ...(run.microdollars > 0 && { microdollars: run.microdollars }),
    ...(run.tokens > 0 && { tokens: run.tokens }),
  };
}

/** A candidate of a source as its JSON document. */
export function documentOfCandidate(candidate: MatchCandidate): CandidateDocument {
  const { id, title, attributes, provider, score, identifier, evidence } = candidate;
  return {
    id,
    title,
    attributes: plain(attributes),
    provider,
    identifier: { scheme: identifier.scheme, value: identifier.value },
    score,
    evidence: evidence.map(({ feature, points, detail }) => ({ feature, points, detail })),
  };
}

/** An item of the catalogue that may be meant, as its JSON document. */
export function documentOfItemCandidate(item: Item): CandidateDocument {
  return { id: item.id, kind: item.kind, title: item.title, attributes: plain(item.attributes) };
}

/** The attributes as JSON has them: what is undefined is absent. */
function plain(attributes: Item["attributes"]): ItemDocument["attributes"] {
  const known = Object.entries(attributes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as ItemDocument["attributes"];
}
