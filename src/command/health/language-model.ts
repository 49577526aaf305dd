import { createDescriptions } from "../../music/providers/description/description.ts";
import { descriptionOptions } from "../settings/description-options.ts";
import type { Settings } from "../settings/setting.ts";
import { type Check, failed } from "./check.ts";

/** Whether the settings of the language model fit together; without a model, the check is skipped. It asks nobody. */
export function checkLanguageModel(settings: Settings): Check {
  const name = "language model";
  try {
    const options = descriptionOptions(settings);
    const why = createDescriptions(options).model.unavailable();
    if (settings.aiModel === undefined) return { name, status: "skipped", detail: "none is set; nothing is described" };
    if (why !== undefined)
      return { name, status: "warning", detail: why, remedy: "Set it, or unset ACCESSION_AI_MODEL." };
    const where = settings.aiUrl === undefined ? "" : ` at ${settings.aiUrl}`;
    const budget =
      options.budget === undefined
        ? ""
        : `, for at most ${options.budget} dollars a day, and as many for judging products`;
    const priced = options.price === undefined ? "; no price is set, so its cost is not counted" : budget;
    return { name, status: "passed", detail: `${settings.aiModel}${where}${priced}` };
  } catch (thrown) {
    return failed(name, thrown);
  }
}
