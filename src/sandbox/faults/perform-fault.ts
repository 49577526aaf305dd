import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { errorBody, type Json } from "../answers/answer.ts";
import { badImage } from "../cover-art/bad-image.ts";
import type { FaultKind } from "./fault.ts";

/** A fault that ends a request. */
export type FinalFault = Exclude<FaultKind, { kind: "latency" }>;

/** What a fault works with. */
export interface Struck {
  readonly request: Request;
  readonly connection: HttpBindings;
  /** The ordinary answer, for faults that spoil it. */
  readonly ordinary: () => Promise<Response>;
  /** Told the status that was sent past the returned response. */
  readonly sent: (status: number) => void;
  /** The body of an error in the words of the service that is struck. Default: MusicBrainz's. */
  readonly errorBody?: ((status: number) => Json) | undefined;
}

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;

const titles: Readonly<Record<Extract<FaultKind, { kind: "status" }>["status"], string>> = {
  404: "Not Found",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Temporarily Unavailable",
  504: "Gateway Timeout",
};

const html = { "Content-Type": "text/html" };
const json = { "Content-Type": "application/json; charset=utf-8" };

const failed = (fault: Extract<FaultKind, { kind: "status" }>, struck: Struck): Response => {
  const { status, retryAfter } = fault;
  const after = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  const retry = after === undefined ? {} : { "Retry-After": String(after) };
  switch (fault.body ?? "json") {
    case "json": {
      const body = struck.errorBody?.(status) ?? errorBody(titles[status]);
      return new Response(JSON.stringify(body), { status, headers: { ...json, ...retry } });
    }
    case "html":
      return new Response(page(`${String(status)} ${titles[status]}`), { status, headers: { ...html, ...retry } });
    case "empty":
      return new Response(null, { status, headers: retry });
  }
};

const redirect = (status: number, location: string): Response =>
  new Response(null, { status, headers: { Location: location } });

/** Announces the whole ordinary answer and leaves its sending to the caller. */
const announce = async (struck: Struck): Promise<Buffer> => {
  const ordinary = await struck.ordinary();
  const body = Buffer.from(await ordinary.arrayBuffer());
  struck.sent(ordinary.status);
  struck.connection.outgoing.writeHead(ordinary.status, {
    ...Object.fromEntries(ordinary.headers),
    "Content-Length": body.length,
  });
  return body;
};

const cutOff = async (struck: Struck): Promise<Response> => {
  const body = await announce(struck);
  const { outgoing } = struck.connection;
  outgoing.write(body.subarray(0, Math.ceil(body.length / 2)), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
};

const inDrops = async (struck: Struck, lasts: number): Promise<Response> => {
  const body = await announce(struck);
  const { outgoing } = struck.connection;
  const drops = Math.max(1, Math.min(body.length, Math.ceil(lasts / 20)));
  const size = Math.ceil(body.length / drops);
  let at = 0;
  const drop = (): void => {
    outgoing.write(body.subarray(at, at + size));
    at += size;
    if (at < body.length) return;
    clearInterval(timer);
    outgoing.end();
  };
  const timer = setInterval(drop, lasts / drops);
  outgoing.once("close", () => {
    clearInterval(timer);
  });
  outgoing.flushHeaders();
  return RESPONSE_ALREADY_SENT;
};

/** Answers a request the wrong way. */
export const performFault = async (fault: FinalFault, struck: Struck): Promise<Response> => {
  switch (fault.kind) {
    case "status":
      return failed(fault, struck);
    case "truncated": {
      if (fault.announces !== "half") return cutOff(struck);
      const ordinary = await struck.ordinary();
      const body = Buffer.from(await ordinary.arrayBuffer());
      return new Response(body.subarray(0, Math.ceil(body.length / 2)), ordinary);
    }
    case "wrong-shape":
      return new Response(JSON.stringify(fault.json === undefined ? { id: 7 } : fault.json), { headers: json });
    case "not-json":
      return new Response(fault.body ?? page("MusicBrainz is being maintained"), { headers: html });
    case "bad-image": {
      const { mediaType, bytes } = await badImage(fault.image);
      return new Response(new Uint8Array(bytes), { headers: { "Content-Type": mediaType } });
    }
    case "reset":
      struck.connection.incoming.socket.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case "slow-body":
      return inDrops(struck, fault.lasts ?? 60_000);
    case "hang":
      return RESPONSE_ALREADY_SENT;
    case "redirect":
      return redirect(fault.status ?? 302, new URL(fault.to, struck.request.url).href);
    case "redirect-loop":
      return redirect(302, struck.request.url);
  }
};
