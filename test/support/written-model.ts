import { MockLanguageModelV4 } from "ai/test";

type Generate = MockLanguageModelV4["doGenerate"];

/** What one call of the mock model uses up. */
export const usage = { input: 1_000, output: 100 };

/** The result of a mock model's call that answers with this text. */
function answering(text: string): Awaited<ReturnType<Generate>> {
  return {
    content: [{ type: "text", text }],
    finishReason: { unified: "stop", raw: "stop" },
    usage: {
      inputTokens: { total: usage.input, noCache: usage.input, cacheRead: 0, cacheWrite: 0 },
      outputTokens: { total: usage.output, text: usage.output, reasoning: 0 },
    },
    warnings: [],
  };
}

/** The package's own mock model, which answers as it was last told to. */
export interface WrittenModel extends MockLanguageModelV4 {
  /** From now on, each call gives the next of these, and the last one for ever. An error is thrown. */
  says(...answers: readonly (object | string | Error)[]): void;
}

/** Makes a mock model. */
export function createWrittenModel(...first: readonly (object | string | Error)[]): WrittenModel {
  let answers = first;
  const model = new MockLanguageModelV4({
    provider: "mock",
    modelId: "scripted",
    async doGenerate() {
      const [answer = "", ...rest] = answers;
      if (rest.length > 0) answers = rest;
      if (answer instanceof Error) throw answer;
      return answering(typeof answer === "string" ? answer : JSON.stringify(answer));
    },
  });
  return Object.assign(model, {
    says(...next: readonly (object | string | Error)[]) {
      answers = next;
    },
  });
}

/** A description of sentences, each with the ids of its facts. */
export function written(...sentences: readonly (readonly [text: string, ...facts: string[]])[]): object {
  return { abstain: false, sentences: sentences.map(([text, ...facts]) => ({ text, facts })) };
}

/** All that a model was told in a call. Default: the last one. */
export function toldTo(model: MockLanguageModelV4, call = -1): { readonly system: string; readonly user: string } {
  const prompt = model.doGenerateCalls.at(call)?.prompt ?? [];
  const said = (role: string): string =>
    prompt
      .filter((message) => message.role === role)
      .map(({ content }) =>
        typeof content === "string" ? content : content.map((one) => ("text" in one ? one.text : "")).join(""),
      )
      .join("\n");
  return { system: said("system"), user: said("user") };
}
