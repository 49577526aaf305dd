import type * as ai from "ai";
import { AccessionError } from "../engine/errors.ts";
import { createSecrets } from "../engine/secrets.ts";
import { parseRetryAfter } from "./back-off.ts";
import type { ModelChoice } from "./model-choice.ts";

/** The `ai` package, which is loaded when a model is first asked. */
export type AiPackage = typeof ai;

/**
 * The error for what asking a language model threw; undefined for what is none of the package's errors, such as an abort.
 *
 * The package's own error is not kept as the cause: it holds the request and the whole answer, and servers repeat keys in
 * their answers.
 */
export function asModelError(thrown: unknown, ai: AiPackage, choice: ModelChoice): AccessionError | undefined {
  if (ai.APICallError.isInstance(thrown)) return ofCall(thrown, ai, choice);
  if (isUnusable(thrown, ai))
    return new AccessionError(
      "source-response-invalid",
      `${choice.name} answered in another form than it was asked for.`,
    );
  return undefined;
}

/** Whether the model has answered, and not in the form that it was asked for: it may the next time. */
export function isUnusable(thrown: unknown, ai: AiPackage): boolean {
  return ai.NoObjectGeneratedError.isInstance(thrown) || ai.NoOutputGeneratedError.isInstance(thrown);
}

function ofCall(thrown: ai.APICallError, ai: AiPackage, choice: ModelChoice): AccessionError {
  const { statusCode: status, responseHeaders = {} } = thrown;
  const why = words(thrown.message, choice.secrets);
  const { name } = choice;
  if (status === undefined)
    return new AccessionError("source-unavailable", `${name} could not be reached: ${why}.`, { retryable: true });
  if (status === 401 || status === 403) {
    // Not in the server's words, which may hold the key, or the part of it that tells it from others.
    return new AccessionError(
      "configuration-invalid",
      `${name} refused the key with status ${status}: check ACCESSION_AI_API_KEY, or the option \`apiKey\`.`,
    );
  }
  if (status === 404) {
    return new AccessionError(
      "configuration-invalid",
      `${name} is not there (status 404): check ACCESSION_AI_MODEL and ACCESSION_AI_URL, or the options \`model\` and \`url\`: ${why}.`,
    );
  }
  const milliseconds = Number(responseHeaders["retry-after-ms"] ?? Number.NaN);
  const retryAfter =
    milliseconds >= 0 ? milliseconds : parseRetryAfter(responseHeaders["retry-after"] ?? null, Date.now());
  const details = { retryable: true, ...(retryAfter !== undefined && { retryAfter }) };
  const until = retryAfter === undefined ? "" : `, and asks to be left alone for ${Math.ceil(retryAfter / 1000)} s`;
  // 529 is Anthropic's word for too busy: https://docs.anthropic.com/en/api/errors
  if (status === 429 || status === 503 || status === 529)
    return new AccessionError("source-throttled", `${name} is too busy (status ${status})${until}: ${why}.`, details);
  if (status >= 500 || status === 408)
    return new AccessionError("source-unavailable", `${name} failed (status ${status})${until}: ${why}.`, details);
  if (status >= 400)
    return new AccessionError("source-rejected", `${name} refused the request with status ${status}: ${why}.`);
  const { cause } = thrown;
  if (ai.JSONParseError.isInstance(cause) || ai.TypeValidationError.isInstance(cause)) {
    return new AccessionError("source-response-invalid", `${name} gave an answer that is none of its API.`, {
      retryable: true,
    });
  }
  return new AccessionError("source-unavailable", `${name} broke off in the middle of its answer.`, {
    retryable: true,
  });
}

/** What a server says of an error, on one line, without the key, and only then cut short. */
function words(text: string, secrets: readonly string[]): string {
  const line = createSecrets(secrets)
    .mask(text)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return line.slice(0, 200).toWellFormed().replace(/\.$/, "");
}
