import { AsyncLocalStorage } from "node:async_hooks";
import type { Tracer } from "../../src/index.ts";

/** A span that has ended, or is still open. */
export interface RecordedSpan {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  readonly parent: RecordedSpan | undefined;
  ended: boolean;
}

/** A double of an OpenTelemetry tracer: it keeps every span with the one that it was begun in. */
export function createRecordingTracer(): { readonly tracer: Tracer; readonly spans: readonly RecordedSpan[] } {
  const current = new AsyncLocalStorage<RecordedSpan>();
  const spans: RecordedSpan[] = [];
  const tracer: Tracer = {
    startActiveSpan(name, options, work) {
      const attributes: Record<string, unknown> = { ...options.attributes };
      const span: RecordedSpan = { name, attributes, parent: current.getStore(), ended: false };
      spans.push(span);
      return current.run(span, () =>
        work({
          setAttributes: (more) => Object.assign(attributes, more),
          recordException: (exception) => Object.assign(attributes, { exception: exception.message }),
          setStatus: () => undefined,
          end: () => void (span.ended = true),
        }),
      );
    },
  };
  return { tracer, spans };
}
