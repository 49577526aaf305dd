import type { Secrets } from "./secrets.ts";

/** Where the engine logs; a pino logger fits as it is. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Logs nothing: the default of a library. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/**
 * The log, to which messages and details come without the secrets, those that are learnt later included. Everything that is
 * lent a log is lent this one: nobody has to remember what it must not show.
 */
export function maskedLog(log: Log, secrets: Secrets): Log {
  if (log === silentLog) return log;
  const at =
    (level: keyof Log) =>
    (details: object, message: string): void =>
      log[level](secrets.maskValue(details) as object, secrets.maskValue(message) as string);
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
