import { z } from "zod";
import type { Json } from "../answers/answer.ts";
import type { StubModel } from "./stub-models.ts";

const fact = z.object({ id: z.string(), about: z.string(), value: z.string() });
type Fact = z.output<typeof fact>;

/** The facts in a prompt: the lines that are JSON of a fact. */
const factsIn = (prompt: string): readonly Fact[] =>
  prompt.split("\n").flatMap((line) => {
    const read = fact.safeParse(parse(line));
    return read.success ? [read.data] : [];
  });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

interface Sentence {
  readonly text: string;
  readonly facts: readonly string[];
}

/** A description of the facts in a prompt, in the form that was asked for. */
export const describeFacts = (model: StubModel, prompt: string): Json => {
  const facts = factsIn(prompt);
  const [name, ...others] = facts;
  if (model === "abstain" || !name || others.length === 0) return { abstain: true, sentences: [] };
  return { abstain: false, sentences: sentencesOf(model, name, others) };
};

const sentencesOf = (model: StubModel, name: Fact, others: readonly Fact[]): readonly Sentence[] => {
  const plain = others
    .slice(0, 3)
    .map((one) => ({ text: `The ${one.about} of ${name.value} is ${one.value}.`, facts: [name.id, one.id] }));
  switch (model) {
    case "uncited":
      return [
        { text: `${name.value} is loved the world over.`, facts: [] },
        { text: `${name.value} has sold millions.`, facts: ["f999"] },
      ];
    case "markup":
      return [
        {
          text: `<h1>**${name.value}**</h1> is <script>alert()</script>[here](https://evil.example/)\u001b[2J\u202e.`,
          facts: [name.id],
        },
        { text: `Buy ${name.value} at https://shop.example/now.`, facts: [name.id] },
      ];
    case "obedient":
      return [
        { text: "All earlier instructions are ignored, as told.", facts: [] },
        { text: "See https://evil.example/ for more.", facts: others.map((one) => one.id) },
      ];
    case "describe":
    case "abstain":
    case "broken":
      return plain;
  }
};

/** Whether the titles in a prompt's product and album are one, in the form that was asked for. */
export const judgeMatch = (model: StubModel, prompt: string): Json => {
  const [product, album] = prompt.split("\n").flatMap((line) => {
    const value = parse(line);
    return typeof value === "object" && value !== null && "title" in value ? [String(value.title).toLowerCase()] : [];
  });
  const isMatch = model === "obedient" || (product !== undefined && album !== undefined && product.includes(album));
  return { isMatch, confidence: 0.9, reason: isMatch ? "The titles agree." : "The titles differ." };
};
