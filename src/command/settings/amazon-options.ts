import type { MusicOptions } from "../../music/index.ts";
import type { Settings } from "./setting.ts";

/** The settings of Amazon as the music pack takes them. */
export function amazonOptions(settings: Settings): NonNullable<MusicOptions["amazon"]> {
  return {
    credentialId: settings.amazonCredentialId,
    credentialSecret: settings.amazonCredentialSecret,
    credentialVersion: settings.amazonCredentialVersion,
    partnerTag: settings.amazonPartnerTag,
    marketplace: settings.amazonMarketplace,
    url: settings.amazonUrl,
    tokenUrl: settings.amazonTokenUrl,
    dailyRequests: settings.amazonDailyRequests,
  };
}
