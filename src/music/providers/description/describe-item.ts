import { notFound, type ProviderContext, type Provision, skipped } from "../../../engine/provider.ts";
import type { Item } from "../../../engine/item.ts";
import type { LanguageModelClient } from "../../../sources/language-model.ts";
import { factsOf } from "./facts.ts";
import { groundText, writtenDescription } from "./grounded-text.ts";
import { instructions, promptOf, promptVersion } from "./prompt.ts";

/** A description, as the contribution to an item of any kind that has one; or why there is none. */
type Described =
  | Provision<never>
  | {
      readonly status: "contributed";
      readonly contribution: {
        readonly attributes: { readonly description: string };
        readonly madeBy: { readonly model: string; readonly prompt: string };
      };
    };

/** Facts that a description takes: with fewer, the name included, there is nothing to say. */
const fewestFacts = 4;

/**
 * Has a language model describe an item from the item's own facts. Too few of them: skipped, without a call. The model
 * abstains, or no sentence of its stands: not found, and not asked again until somebody forces it, since the same facts
 * would cost the same again.
 */
export async function describeItem(
  item: Item | undefined,
  { client, ...context }: ProviderContext<LanguageModelClient>,
): Promise<Described> {
  if (!item) return skipped("there is no item to describe yet");
  const facts = factsOf(item);
  if (facts.length < fewestFacts)
    return skipped(`it has ${facts.length} of the ${fewestFacts} facts that a description takes`);
  const question = { schema: writtenDescription, instructions, prompt: promptOf(facts) };
  const { answer, model } = await client.ask(question, context);
  if (answer.abstain) return notFound;
  const { text, refused } = groundText(answer.sentences, facts);
  if (refused.length > 0)
    context.log.warn({ item: item.id, model, refused }, "sentences of a language model were refused");
  if (text === undefined) return notFound;
  return {
    status: "contributed",
    contribution: { attributes: { description: text }, madeBy: { model, prompt: promptVersion } },
  };
}
