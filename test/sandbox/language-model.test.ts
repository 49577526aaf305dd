import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const facts = [
  { id: "f1", about: "name", value: "Pink Floyd" },
  { id: "f2", about: "genre", value: "Rock" },
];
const prompt = ["<facts>", ...facts.map((fact) => JSON.stringify(fact)), "</facts>"].join("\n");

async function complete(
  model: string,
  options: { readonly user?: unknown; readonly key?: string; readonly members?: object } = {},
) {
  const { user = prompt, key, members = { abstain: {}, sentences: {} } } = options;
  const response = await fetch(`${sandbox.languageModelUrl}/chat/completions`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(key !== undefined && { Authorization: `Bearer ${key}` }) },
    body: JSON.stringify({
      model,
      messages: [
        { role: "system", content: "Describe." },
        { role: "user", content: user },
      ],
      response_format: { type: "json_schema", json_schema: { name: "answer", schema: { properties: members } } },
    }),
  });
  const body = (await response.json()) as {
    readonly choices?: readonly { readonly message: { readonly content: string } }[];
    readonly usage?: object;
    readonly error?: { readonly message: string };
  };
  return { status: response.status, body, content: body.choices?.[0]?.message.content ?? "" };
}

describe("the sandbox's language model", () => {
  it("describes facts, cites them, says the same each time, and counts tokens", async () => {
    const { status, body, content } = await complete("describe");
    expect(status).toBe(200);
    expect(JSON.parse(content)).toEqual({
      abstain: false,
      sentences: [{ text: "The genre of Pink Floyd is Rock.", facts: ["f1", "f2"] }],
    });
    // Four characters a token; the instructions have nine.
    const [asked, answered] = [3 + Math.ceil(prompt.length / 4), Math.ceil(content.length / 4)];
    expect(body.usage).toEqual({
      prompt_tokens: asked,
      completion_tokens: answered,
      total_tokens: asked + answered,
    });
    expect((await complete("describe", { user: [{ type: "text", text: prompt }] })).content).toBe(content);
  });

  it.each([
    ["abstain", '{"abstain":true,"sentences":[]}'],
    ["uncited", '"facts":["f999"]'],
    ["markup", "<script>"],
    ["obedient", "as told"],
    ["broken", "weather"],
  ])("named %s answers %s", async (model, part) => {
    expect((await complete(model)).content).toContain(part);
  });

  it("judges a match by its titles", async () => {
    const members = { isMatch: {}, confidence: {}, reason: {} };
    const user = (title: string) => `{"title":"${title}"}\n{"title":"Animals"}`;
    expect(
      JSON.parse((await complete("describe", { members, user: user("Animals (Remaster)") })).content),
    ).toMatchObject({
      isMatch: true,
    });
    expect(JSON.parse((await complete("describe", { members, user: user("The Wall") })).content)).toMatchObject({
      isMatch: false,
    });
  });

  it("refuses an expired key in a careless server's words, a model that there is not, and what is no chat", async () => {
    expect(await complete("describe", { key: "expired-1" })).toMatchObject({
      status: 401,
      body: { error: { message: "Incorrect API key provided: expired-1." } },
    });
    expect((await complete("describe", { key: "valid" })).status).toBe(200);
    expect((await complete("gpt-99")).status).toBe(404);
    expect((await complete("describe", { user: 7 })).status).toBe(400);
  });
});
