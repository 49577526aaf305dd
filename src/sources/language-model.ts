import type { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import type { Cost, ProviderContext } from "../engine/provider.ts";
import type { Source, SourceSession } from "../engine/source.ts";
import { type AiPackage, asModelError, isUnusable } from "./language-model-error.ts";
import { type ModelObject, type ModelOptions, type ModelPrice, readModelChoice } from "./model-choice.ts";

/** Something that a language model is asked. */
interface ModelQuestion<Answer> {
  /** The form of the answer. Only what every service's JSON Schema allows: no lengths, no bounds, nothing optional. */
  readonly schema: z.ZodType<Answer>;
  /** What is to be done: ours alone, never text from outside. */
  readonly instructions: string;
  /** What it is to be done with: data, which may come from anywhere. */
  readonly prompt: string;
}

/** What a language model answered. The texts in it are as untrusted as any from outside. */
interface ModelAnswer<Answer> {
  readonly answer: Answer;
  /** Which model it was, as it is configured: `openai:gpt-5-mini`. */
  readonly model: string;
}

/** The part of a provider's context that asking a model takes. */
export type ModelContext = Pick<ProviderContext, "signal" | "log" | "charge">;

/** A language model that can be asked. */
export interface LanguageModelClient {
  /**
   * Asks once, without tools and without retries, which are the jobs' affair; an answer of another form is asked for a
   * second time. Every call is charged, also one whose answer is of no use.
   *
   * @throws AccessionError `source-throttled`, with what Retry-After says, `source-unavailable`, `source-rejected`,
   * `source-response-invalid` where the second answer is of another form too, `source-offline`, and
   * `configuration-invalid` for a key, a model or an address that the service refuses, and where no model is set.
   */
  ask<Answer>(question: ModelQuestion<Answer>, context: ModelContext): Promise<ModelAnswer<Answer>>;
}

/**
 * A language model as a source that providers share. Asked through a client, its calls are counted as the provider's
 * requests, and none leaves offline; asked directly, by a provider of another source, they are charged and not counted.
 */
export interface LanguageModelSource extends Source<LanguageModelClient>, LanguageModelClient {
  /** Which model it is, as it is configured: `openai:gpt-5-mini`. Undefined where it cannot be asked at all. */
  readonly model: string | undefined;
  /** Why it cannot be asked at all, and which setting is missing; undefined where it can. */
  unavailable(): string | undefined;
}

/** Tokens of one answer, thoughts included: a bound on what one call may cost, far above what an answer needs. */
const longestAnswer = 4_000;

/**
 * Makes a source of a language model, by the `ai` package (https://ai-sdk.dev/docs/ai-sdk-core/generating-structured-data).
 * The package is loaded when a model is first asked.
 *
 * @throws AccessionError `configuration-invalid`; see {@link readModelChoice}.
 */
export function createLanguageModel(options: ModelOptions): LanguageModelSource {
  const { choice, missing, secrets } = readModelChoice(options);
  let opened: Promise<readonly [AiPackage, ModelObject]> | undefined;
  async function ask<Answer>(
    question: ModelQuestion<Answer>,
    context: ModelContext,
    session?: SourceSession,
  ): Promise<ModelAnswer<Answer>> {
    if (!choice) throw new AccessionError("configuration-invalid", `${missing}.`);
    if (session?.offline === true)
      throw new AccessionError("source-offline", `${choice.name} cannot be asked offline; its answers are not kept.`);
    opened ??= Promise.all([import("ai"), choice.open()]);
    const [ai, model] = await opened;
    const signal = session ? AbortSignal.any([context.signal, session.signal]) : context.signal;
    const watched = watch(ai, model, { context, price: options.price, onRequest: () => session?.onRequest() });
    try {
      return { answer: await askTwice(ai, watched, question, { ...context, signal }), model: choice.name };
    } catch (thrown) {
      throw asModelError(thrown, ai, choice) ?? thrown;
    }
  }
  return {
    name: "language-model",
    model: choice?.name,
    secrets,
    unavailable: () => missing,
    ask: (question, context) => ask(question, context),
    connect: (session) => ({ ask: (question, context) => ask(question, context, session) }),
  };
}

/** The model, every call of it counted and charged, and its warnings in our log instead of on standard error. */
function watch(
  ai: AiPackage,
  model: ModelObject,
  watcher: {
    readonly context: ModelContext;
    readonly price: ModelPrice | undefined;
    readonly onRequest: () => void;
  },
): ModelObject {
  const { context, price, onRequest } = watcher;
  return ai.wrapLanguageModel({
    model,
    middleware: {
      async wrapGenerate({ doGenerate }) {
        onRequest();
        const { warnings, ...result } = await doGenerate();
        const { inputTokens, outputTokens } = result.usage;
        context.charge(costOf(inputTokens.total ?? 0, outputTokens.total ?? 0, price));
        if (warnings.length > 0) context.log.debug({ model: model.modelId, warnings }, "a language model warns");
        return { ...result, warnings: [] };
      },
    },
  });
}

async function askTwice<Answer>(
  ai: AiPackage,
  model: ModelObject,
  { schema, instructions, prompt }: ModelQuestion<Answer>,
  { signal, log }: ModelContext,
): Promise<Answer> {
  const once = async (): Promise<Answer> => {
    const result = await ai.generateText({
      model,
      instructions,
      prompt,
      output: ai.Output.object({ schema }),
      maxRetries: 0,
      maxOutputTokens: longestAnswer,
      abortSignal: signal,
    });
    return result.output;
  };
  try {
    return await once();
  } catch (thrown) {
    if (!isUnusable(thrown, ai)) throw thrown;
    log.debug({ model: model.modelId }, "a language model answered in another form and is asked again");
    return once();
  }
}

/** What tokens cost, rounded up to the millionth of a dollar. */
function costOf(input: number, output: number, price: ModelPrice | undefined): Cost {
  const microdollars = price === undefined ? 0 : Math.ceil(input * price.input + output * price.output);
  return { tokens: input + output, microdollars };
}
