import { AccessionError } from "../../engine/errors.ts";
import type { DescriptionOptions } from "../../music/index.ts";
import type { Settings } from "./setting.ts";

/**
 * The settings of the language model as the music pack takes them.
 *
 * @throws AccessionError `configuration-invalid` for a price or a budget that is no amount.
 */
export function descriptionOptions({ aiModel, aiApiKey, aiUrl, aiPrice, aiBudget }: Settings): DescriptionOptions {
  return {
    model: aiModel,
    apiKey: aiApiKey,
    url: aiUrl,
    price: readPrice(aiPrice),
    budget: readBudget(aiBudget),
  };
}

const amount = /^\d{1,6}(?:\.\d{1,6})?$/;

function readPrice(text: string | undefined): DescriptionOptions["price"] {
  if (text === undefined) return undefined;
  const [input = "", output = "", ...more] = text.split("/").map((part) => part.trim());
  if (amount.test(input) && amount.test(output) && more.length === 0)
    return { input: Number(input), output: Number(output) };
  throw new AccessionError(
    "configuration-invalid",
    `The price of the language model is "${text.slice(0, 100)}"; ACCESSION_AI_PRICE takes US dollars per million tokens, in and out, such as 0.25/2.`,
  );
}

function readBudget(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (amount.test(text.trim())) return Number(text);
  throw new AccessionError(
    "configuration-invalid",
    `The budget of the language model is "${text.slice(0, 100)}"; ACCESSION_AI_BUDGET takes US dollars a day, such as 1.50.`,
  );
}
