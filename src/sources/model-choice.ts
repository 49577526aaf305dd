import type { LanguageModel } from "ai";
import { AccessionError } from "../engine/errors.ts";

/** A language model as the `ai` package has it: https://ai-sdk.dev/docs/foundations/providers-and-models */
export type ModelObject = Exclude<LanguageModel, string>;

/** Which language model is asked, and what it costs. */
export interface ModelOptions {
  /**
   * `openai:` or `anthropic:` with the model's name there, such as `openai:gpt-5-mini`; with `url`, the name alone, as the
   * server there knows it. Or any model object of the `ai` package, which brings its own key and address: `url` is not used
   * then, and `apiKey` only masked. Default: none, and whatever needs one is skipped.
   */
  readonly model?: string | ModelObject | undefined;
  /** The key of the service. A server named by `url` may need none. Default: none. */
  readonly apiKey?: string | undefined;
  /** The base of an OpenAI-compatible server, such as `http://localhost:11434/v1`. Default: the service's own. */
  readonly url?: string | undefined;
  /** US dollars per million tokens. Default: none; tokens are counted, and their cost is 0. */
  readonly price?: ModelPrice | undefined;
  /** Default: Node's fetch. */
  readonly fetch?: typeof fetch | undefined;
}

/** US dollars per million tokens, which are as many millionths of a dollar per token. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/** A model that was chosen and is yet to be opened. */
export interface ModelChoice {
  /** As messages name it: `openai:gpt-5-mini`. Never a secret. */
  readonly name: string;
  /** Texts that no message may show. */
  readonly secrets: readonly string[];
  /** Loads the package of its service, and no other. */
  open(): Promise<ModelObject>;
}

/** What was chosen, or what is missing and how to set it; and in either case what nobody may read. */
export type ReadChoice = { readonly secrets: readonly string[] } & (
  | { readonly choice: ModelChoice; readonly missing?: undefined }
  | { readonly choice?: undefined; readonly missing: string }
);

// Each is named, so that a variable meant for another program (OPENAI_BASE_URL) leads nowhere.
const services = {
  openai: "https://api.openai.com/v1",
  anthropic: "https://api.anthropic.com/v1",
};

/**
 * Reads which model is meant, without loading anything.
 *
 * @throws AccessionError `configuration-invalid` for a name without a known service, an address that is none or holds a
 * password, or a price that is no amount.
 */
export function readModelChoice({ model, apiKey: key = "", url = "", price, fetch }: ModelOptions): ReadChoice {
  for (const amount of [price?.input, price?.output]) {
    if (amount !== undefined && !(Number.isFinite(amount) && amount >= 0))
      throw invalid(`The price ${amount} of a language model is no amount of dollars per million tokens`);
  }
  const apiKey = key.trim();
  const secrets = apiKey === "" ? [] : [apiKey];
  if (typeof model === "object")
    return { secrets, choice: { name: nameOf(model), secrets, open: () => Promise.resolve(model) } };
  const name = model?.trim() ?? "";
  if (name === "")
    return { secrets, missing: "no language model is set: set ACCESSION_AI_MODEL, or the option `model`" };
  const settings = { ...(apiKey !== "" && { apiKey }), ...(fetch && { fetch }) };
  if (url.trim() !== "") {
    const baseURL = readAddress(url.trim());
    const open = async (): Promise<ModelObject> => {
      const { createOpenAICompatible } = await import("@ai-sdk/openai-compatible");
      return createOpenAICompatible({ ...settings, name: "local", baseURL, supportsStructuredOutputs: true })(name);
    };
    return { secrets, choice: { name, secrets, open } };
  }
  const [, service, id = ""] = /^(openai|anthropic):(.+)$/.exec(name) ?? [];
  if (service !== "openai" && service !== "anthropic") {
    throw invalid(
      `The language model "${name}" names no service: it must begin with openai: or anthropic:, unless ACCESSION_AI_URL, ` +
        "or the option `url`, names an OpenAI-compatible server",
    );
  }
  if (apiKey === "")
    return { secrets, missing: `${service} needs a key: set ACCESSION_AI_API_KEY, or the option \`apiKey\`` };
  const open = async (): Promise<ModelObject> => {
    const given = { ...settings, baseURL: services[service] };
    if (service === "openai") return (await import("@ai-sdk/openai")).createOpenAI(given)(id);
    return (await import("@ai-sdk/anthropic")).createAnthropic(given)(id);
  };
  return { secrets, choice: { name, secrets, open } };
}

/** A model object by its provider and its id. */
function nameOf(model: ModelObject): string {
  return `${model.provider}:${model.modelId}`;
}

function readAddress(text: string): string {
  const url = URL.parse(text);
  const wants = "ACCESSION_AI_URL, or the option `url`, takes a web address such as http://localhost:11434/v1";
  if (url === null || !/^https?:$/.test(url.protocol))
    throw invalid(`A language model's address is no web address; ${wants}`);
  if (url.username !== "" || url.password !== "")
    throw invalid("A language model's address holds a password; the key belongs into ACCESSION_AI_API_KEY");
  return url.href.replace(/\/+$/, "");
}

function invalid(why: string): AccessionError {
  return new AccessionError("configuration-invalid", `${why}.`);
}
