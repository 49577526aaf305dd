import { AccessionError } from "../engine/errors.ts";

/** Where a fetch may go. It comes from whoever opens the catalogue and from providers' definitions, never from data. */
export interface FetchPolicy {
  /** Host names, each with all below it, that may be asked. Default: all that are public. */
  readonly hosts?: readonly string[] | undefined;
  /** Whether what is named with http is asked with https. Default: false. */
  readonly secure?: boolean | undefined;
  /** Origins, such as `http://127.0.0.1:8080`, that may be asked wherever they are. Default: none. */
  readonly trusted?: readonly string[] | undefined;
}

/** Headers that say who is asking, and are for the host alone that they were meant for. */
const personal = /^(authorization|cookie|proxy-authorization)$/i;

/** Whether an origin is one that the policy trusts. */
export function isTrusted(origin: string, { trusted = [] }: FetchPolicy): boolean {
  return trusted.some((one) => URL.parse(one)?.origin === origin);
}

/**
 * The address that is asked for `text`, should the policy allow it.
 *
 * @param from the address that redirects to it; absent for the first one.
 * @throws AccessionError `fetch-refused` for what is no http(s) address, has a user or password in it, or is on a host that
 * the policy does not name.
 */
export function allowedUrl(text: string, policy: FetchPolicy, from?: URL): URL {
  const url = URL.parse(text, from?.href);
  const shown = `"${text.slice(0, 200)}"`;
  if (url === null || !/^https?:$/.test(url.protocol)) throw refused(`${shown} is no http or https address`);
  if (url.username !== "" || url.password !== "") throw refused(`${shown} has a user or a password in it`);
  url.hash = "";
  if (isTrusted(url.origin, policy)) return url;
  if (policy.secure === true && url.protocol === "http:") url.protocol = "https:";
  const host = url.hostname.replace(/\.$/, "");
  if (policy.hosts && !policy.hosts.some((one) => host === one || host.endsWith(`.${one}`))) {
    throw refused(`${shown} is on none of the hosts ${policy.hosts.join(", ")}`);
  }
  return url;
}

/** The headers to send on to where a redirect leads: without what says who is asking, where that is another origin. */
export function headersAfter(
  headers: Readonly<Record<string, string>>,
  from: URL,
  to: URL,
): Readonly<Record<string, string>> {
  if (from.origin === to.origin) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !personal.test(name)));
}

/** The error for what may not be fetched. */
export function refused(why: string): AccessionError {
  return new AccessionError("fetch-refused", `${why}.`);
}
