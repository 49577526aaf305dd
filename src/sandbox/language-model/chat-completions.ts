import { Hono } from "hono";
import { z } from "zod";
import { type ChatRequest, completionOf } from "./completion.ts";
import { stubModels } from "./stub-models.ts";

/** Where the stub lives on its host. */
export const languageModelPath = "/ai/v1";

/** The only key that is refused; it stands for one that has expired. Any other, and none, is let in. */
const expiredKey = "expired";

const part = z.object({ type: z.string(), text: z.string().default("") });
const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(part)]) })),
  response_format: z
    .object({ json_schema: z.object({ schema: z.object({ properties: z.record(z.string(), z.unknown()) }) }) })
    .optional(),
});

/** An error as the API gives it: https://platform.openai.com/docs/guides/error-codes */
const refusal = (status: 400 | 401 | 404, type: string, message: string): Response =>
  Response.json({ error: { message, type, param: null, code: null } }, { status });

/**
 * A double of the chat completions API (https://platform.openai.com/docs/api-reference/chat/create) with models that are
 * rules: see {@link stubModels}. It knows no streaming, no tools and no other endpoint.
 */
export const createChatCompletions = (): Hono => {
  const app = new Hono().basePath(languageModelPath);
  app.post("/chat/completions", async ({ req }) => {
    const key = /^Bearer (.+)$/.exec(req.header("authorization") ?? "")?.[1];
    // As careless servers do: the key is in the message.
    if (key?.startsWith(expiredKey) === true)
      return refusal(401, "invalid_request_error", `Incorrect API key provided: ${key}.`);
    const read = request.safeParse(await req.json().catch(() => undefined));
    if (!read.success) return refusal(400, "invalid_request_error", "The body is no chat completion request.");
    const completion = completionOf(chatOf(read.data));
    return completion === undefined
      ? refusal(404, "not_found_error", `The model is none of ${stubModels.join(", ")}.`)
      : Response.json(completion);
  });
  app.notFound(() => refusal(404, "not_found_error", "The sandbox has chat completions only."));
  return app;
};

const chatOf = ({ model, messages, response_format: format }: z.output<typeof request>): ChatRequest => {
  const said = (role: string): string =>
    messages
      .filter((message) => message.role === role)
      .map(({ content }) => (typeof content === "string" ? content : content.map((one) => one.text).join("\n")))
      .join("\n");
  return {
    model,
    system: said("system"),
    user: said("user"),
    members: Object.keys(format?.json_schema.schema.properties ?? {}),
  };
};
