/** A request that the sandbox received. */
export interface LoggedRequest {
  readonly method: string;
  /** Path with query, as it came. */
  readonly path: string;
  /** Milliseconds since the epoch, with fractions, on a clock that never goes back: differences are exact. */
  readonly time: number;
  /** null until an answer was sent, and for ever when none ever is (a reset, a hang). */
  readonly status: number | null;
  /** The `User-Agent` header; empty when there was none. */
  readonly userAgent: string;
  /** The fault that ended the request; null when it got its ordinary answer. */
  readonly fault: string | null;
}

/** A log that grows with every request. */
export interface RequestLog {
  readonly requests: readonly LoggedRequest[];
  /** Enters a request; the function that comes back enters what became of it. */
  readonly enter: (
    request: Pick<LoggedRequest, "method" | "path" | "userAgent" | "time">,
  ) => (outcome: Partial<Pick<LoggedRequest, "status" | "fault">>) => void;
}

/** An empty log. */
export const createRequestLog = (): RequestLog => {
  const requests: LoggedRequest[] = [];
  return {
    requests,
    enter: (request) => {
      const entry: LoggedRequest = { ...request, status: null, fault: null };
      requests.push(entry);
      return (outcome) => {
        Object.assign(entry, outcome);
      };
    },
  };
};
