import type { Json } from "../answers/answer.ts";
import { type StubModel, stubModels } from "./stub-models.ts";
import { describeFacts, judgeMatch } from "./written-answer.ts";

/** The part of a chat completion request that the stub looks at, in the words of the API. */
export interface ChatRequest {
  readonly model: string;
  /** What was said to the model, joined: instructions and data. */
  readonly system: string;
  readonly user: string;
  /** The names of the members that the answer's JSON Schema has; none without a schema. */
  readonly members: readonly string[];
}

/** The text that a model answers with. Deterministic. */
function answerOf(model: StubModel, { user, members }: ChatRequest): string {
  if (model === "broken") return "I would rather talk about the weather.";
  const answer = members.includes("isMatch") ? judgeMatch(model, user) : describeFacts(model, user);
  return JSON.stringify(answer);
}

/**
 * The completion of a chat, as https://platform.openai.com/docs/api-reference/chat/object describes it. A token is four
 * characters, as a rule of thumb has it. Undefined for a model that there is not.
 */
export function completionOf(request: ChatRequest): Json | undefined {
  const model = stubModels.find((name) => name === request.model);
  if (model === undefined) return undefined;
  const content = answerOf(model, request);
  const prompt = tokensIn(request.system) + tokensIn(request.user);
  const completion = tokensIn(content);
  return {
    id: "chatcmpl-sandbox",
    object: "chat.completion",
    created: 0,
    model,
    choices: [{ index: 0, message: { role: "assistant", content }, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion },
  };
}

const tokensIn = (text: string): number => Math.ceil(text.length / 4);
