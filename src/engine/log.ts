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
