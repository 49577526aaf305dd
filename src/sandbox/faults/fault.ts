import type { BadImage } from "../cover-art/bad-image.ts";

/** Which requests a fault strikes. */
interface FaultScope {
  /**
   * Requests whose path with query matches: a pattern, or a text that it contains (`"/artist/83d91898"`). Default: all.
   */
  readonly on?: RegExp | string;
  /** How often the fault strikes before it is spent. Default: for ever. */
  readonly times?: number;
  /** Strikes every n-th matching request only, counted from when it was added. Default 1, every one. */
  readonly every?: number;
}

/**
 * What goes wrong. A request is struck by the first fault that is due; only `latency` lets it go on to the next fault and
 * to the ordinary answer.
 */
export type FaultKind =
  | {
      /** An error status. */
      readonly kind: "status";
      readonly status: 404 | 429 | 500 | 502 | 503 | 504;
      /** The `Retry-After` header: seconds, a point in time, or any text as it stands. Default: no such header. */
      readonly retryAfter?: number | Date | string;
      /** Default `"json"`, the service's own error body; gateways answer with HTML or nothing. */
      readonly body?: "json" | "html" | "empty";
    }
  | {
      /** The ordinary answer, cut in half. */
      readonly kind: "truncated";
      /**
       * What `Content-Length` announces. `"whole"` (default): the whole body, and the connection is cut half way;
       * `"half"`: just what is sent, so that HTTP is in order and only the JSON is broken.
       */
      readonly announces?: "whole" | "half";
    }
  | {
      /** 200 with valid JSON of another shape than documented. */
      readonly kind: "wrong-shape";
      /** Default `{ id: 7 }`. */
      readonly json?: unknown;
    }
  | {
      /** 200 with a body that is not JSON. */
      readonly kind: "not-json";
      /** Default: a small HTML page. */
      readonly body?: string;
    }
  | {
      /** 200 with something in the place of an image: see `cover-art/bad-image.ts`. */
      readonly kind: "bad-image";
      readonly image: BadImage;
    }
  | {
      /** The connection is reset before any answer. */
      readonly kind: "reset";
    }
  | {
      /** Headers at once, then the ordinary body in drops. */
      readonly kind: "slow-body";
      /** Milliseconds until the body is complete. Default 60 000. */
      readonly lasts?: number;
    }
  | {
      /** No answer, until the client or the sandbox closes the connection. */
      readonly kind: "hang";
    }
  | {
      /** A redirect to a path of the sandbox or to any address. */
      readonly kind: "redirect";
      readonly to: string;
      /** Default 302. */
      readonly status?: 301 | 302 | 303 | 307 | 308;
    }
  | {
      /** A redirect to the very address that was asked for. With `times` left out it never ends. */
      readonly kind: "redirect-loop";
    }
  | {
      /** The request waits, then goes on. */
      readonly kind: "latency";
      /** Milliseconds. */
      readonly wait: number;
    };

/**
 * Something that goes wrong, and where.
 *
 * @example { kind: "status", status: 503, retryAfter: 2, on: "/artist", times: 2 }
 * @example { kind: "truncated", every: 3 }
 */
export type Fault = FaultScope & FaultKind;
