import { AccessionError } from "../../../engine/errors.ts";
import { defineProvider, type Provider } from "../../../engine/provider.ts";
import {
  createLanguageModel,
  type LanguageModelClient,
  type LanguageModelSource,
} from "../../../sources/language-model.ts";
import type { ModelOptions } from "../../../sources/model-choice.ts";
import { album } from "../../album.ts";
import { artist } from "../../artist.ts";
import { describeItem } from "./describe-item.ts";

/** Which language model writes descriptions, what it costs, and what it may cost. */
export interface DescriptionOptions extends ModelOptions {
  /**
   * US dollars a day (UTC), over all processes; descriptions beyond wait for the next. Takes a `price`. In the music pack,
   * judging Amazon's products may cost as much again, unless `amazon` says otherwise. Default: no limit.
   */
  readonly budget?: number | undefined;
}

/** The providers of descriptions, one for each kind that has them. */
export interface DescriptionProviders {
  readonly artists: Provider<typeof artist, LanguageModelClient>;
  readonly albums: Provider<typeof album, LanguageModelClient>;
  /** The model that writes them. */
  readonly model: LanguageModelSource;
  /** What they may use up within a day. Default: no limit. */
  readonly budget: { readonly microdollars: number } | undefined;
}

/**
 * Makes the providers that have a language model describe artists and albums, in the background, from what the catalogue
 * knows of them and nothing else. Without a model they are skipped, at no cost and without a job.
 *
 * @throws AccessionError `configuration-invalid` for a model, an address, a price or a budget that cannot be.
 */
export function createDescriptions(options: DescriptionOptions = {}): DescriptionProviders {
  const model = createLanguageModel(options);
  const budget = budgetOf(options);
  const definition = {
    name: "description",
    run: "background",
    source: model,
    fills: ["description"],
    unavailable: () => model.unavailable(),
    budget,
    // Each try may cost, and what a minute does not mend, an hour may.
    job: { attempts: 4, backOff: 60_000 },
  } as const;
  return {
    model,
    budget,
    artists: defineProvider<typeof artist, LanguageModelClient>(artist, {
      ...definition,
      provide: ({ item }, context) => describeItem(item, context),
    }),
    albums: defineProvider<typeof album, LanguageModelClient>(album, {
      ...definition,
      provide: ({ item }, context) => describeItem(item, context),
    }),
  };
}

function budgetOf({ budget, price }: DescriptionOptions): { readonly microdollars: number } | undefined {
  if (budget === undefined) return undefined;
  const microdollars = Math.floor(budget * 1_000_000);
  const where = "ACCESSION_AI_BUDGET, or the option `budget`";
  if (!(Number.isSafeInteger(microdollars) && microdollars >= 1))
    throw new AccessionError("configuration-invalid", `A budget of ${budget} dollars a day is none; see ${where}.`);
  if (price === undefined || price.input + price.output === 0) {
    throw new AccessionError(
      "configuration-invalid",
      `A budget takes the model's price, or nothing is ever charged to it: set ACCESSION_AI_PRICE, or the option \`price\`; ${where} sets the budget.`,
    );
  }
  return { microdollars };
}
