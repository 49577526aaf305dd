import { readAmazonOptions, whyUnavailable } from "../../music/providers/amazon/settings.ts";
import { amazonOptions } from "../settings/amazon-options.ts";
import type { Settings } from "../settings/setting.ts";
import { type Check, failed } from "./check.ts";

/** Whether the settings of Amazon fit together; without any, which is how most people have it, the check is skipped. */
export function checkAmazon(settings: Settings): Check {
  try {
    const read = readAmazonOptions(amazonOptions(settings));
    const why = whyUnavailable(read);
    if (why === undefined) {
      const detail = `${read.marketplace.host}, with the tag ${read.partnerTag} and a credential of version ${read.version.text}`;
      return { name: "amazon", status: "passed", detail };
    }
    const isSet = [read.credentialId, read.credentialSecret, read.partnerTag].some((one) => one !== "");
    if (!isSet) return { name: "amazon", status: "skipped", detail: "no credentials are set; albums get no products" };
    const remedy = `Set ${read.missing.join(", ")}, or none of them.`;
    return { name: "amazon", status: "warning", detail: why, remedy };
  } catch (thrown) {
    return failed("amazon", thrown);
  }
}
