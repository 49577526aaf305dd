import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import type { buildConnector } from "undici";
import { AccessionError } from "../engine/errors.ts";
import { isForbiddenAddress } from "./forbidden-addresses.ts";

/** Gives all addresses of a host name; `node:dns`' own `lookup` with `all: true` is one. */
export type Lookup = (
  hostname: string,
  options: { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

/** Milliseconds until a connection stands. */
const connectTimeout = 10_000;

/**
 * A connector for undici that looks at the address being connected to: the one that is checked is the one that the socket
 * gets, so that no spelling, redirect or second answer of a name server slips in between. A name of which one address is
 * forbidden is refused altogether.
 *
 * @param isTrusted whether an origin, `https://host:port`, may be anywhere: one that whoever opened the catalogue has named.
 */
export function guardedConnector(
  build: typeof buildConnector,
  isTrusted: (origin: string) => boolean,
  lookup: Lookup = systemLookup,
): buildConnector.connector {
  const trusted = build({ allowH2: false, timeout: connectTimeout });
  const guarded = build({ allowH2: false, timeout: connectTimeout, lookup: checked(lookup) });
  return (options, callback) => {
    if (isTrusted(originOf(options))) return trusted(options, callback);
    if (isIP(options.hostname) !== 0 && isForbiddenAddress(options.hostname)) {
      return callback(refusedAddress(options.hostname, options.hostname), null);
    }
    guarded(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      // It cannot be another than the one that was checked. Should it be one day, nothing is asked of it.
      const { remoteAddress = "" } = socket;
      if (!isForbiddenAddress(remoteAddress)) return callback(null, socket);
      socket.destroy();
      callback(refusedAddress(options.hostname, remoteAddress), null);
    });
  };
}

/** The look-up of a socket, which connects to what this gives and nothing else. */
function checked(lookup: Lookup): LookupFunction {
  return (hostname, { all }, callback) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error !== null) return callback(error, []);
      const forbidden = addresses.find(({ address }) => isForbiddenAddress(address));
      if (forbidden) return callback(refusedAddress(hostname, forbidden.address), []);
      if (!first) return callback(new Error(`${hostname} has no address`), []);
      if (all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function originOf({ protocol, hostname, port }: buildConnector.Options): string {
  const host = isIP(hostname) === 6 ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port === "" ? "" : `:${port}`}`).origin;
}

function refusedAddress(hostname: string, address: string): AccessionError {
  const where = hostname === address ? address : `${hostname}, which is at ${address}`;
  return new AccessionError(
    "fetch-refused",
    `${where}, was not asked: addresses on this machine and in private or special networks are not public.`,
  );
}
