import type { Secrets } from "./secrets.ts";

/** A value that a span may carry. */
type AttributeValue = string | number | boolean;

/** As much of an OpenTelemetry span as is used here. Source: https://opentelemetry.io/docs/specs/otel/trace/api/#span */
export interface TracedSpan {
  setAttributes(attributes: Readonly<Record<string, AttributeValue>>): unknown;
  recordException(exception: Error): void;
  setStatus(status: { readonly code: 0 | 1 | 2; readonly message?: string }): unknown;
  end(): void;
}

/**
 * As much of an OpenTelemetry tracer as is used here: `trace.getTracer("my-app")` of `@opentelemetry/api` fits as it is.
 * Source: https://opentelemetry.io/docs/specs/otel/trace/api/#tracer
 */
export interface Tracer {
  startActiveSpan<Result>(
    name: string,
    options: { readonly attributes: Record<string, AttributeValue> },
    work: (span: TracedSpan) => Result,
  ): Result;
}

/** The spans, each below the one that it happens in. */
export type SpanName =
  | "accession.import"
  | "accession.job"
  | "accession.provider"
  | "accession.request"
  | "accession.save";

/**
 * Does a piece of work within a span.
 *
 * @param told what the work's end says of it, for the span to carry. Default: nothing.
 */
export type Trace = <Result>(
  name: SpanName,
  attributes: Record<string, AttributeValue>,
  work: () => Promise<Result>,
  told?: (result: Result) => Readonly<Record<string, AttributeValue>>,
) => Promise<Result>;

/** OpenTelemetry's code for a span that ended in an error. */
const errorStatus = 2;

/** Makes spans with a tracer, without secrets; without one, the work is done and nothing else. */
export function createTrace(tracer: Tracer | undefined, secrets: Secrets): Trace {
  if (!tracer) return (_name, _attributes, work) => work();
  const masked = (attributes: Readonly<Record<string, AttributeValue>>): Record<string, AttributeValue> =>
    Object.fromEntries(
      Object.entries(attributes).map(([key, value]) => [key, typeof value === "string" ? secrets.mask(value) : value]),
    );
  return (name, attributes, work, told) =>
    tracer.startActiveSpan(name, { attributes: masked(attributes) }, async (span) => {
      try {
        const result = await work();
        if (told) span.setAttributes(masked(told(result)));
        return result;
      } catch (thrown) {
        const shown = secrets.maskThrown(thrown);
        const error = shown instanceof Error ? shown : new Error(secrets.mask(String(thrown)));
        span.recordException(error);
        span.setStatus({ code: errorStatus, message: error.message });
        throw thrown;
      } finally {
        span.end();
      }
    });
}
