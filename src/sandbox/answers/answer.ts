/** A JSON object on its way out. */
export type Json = Readonly<Record<string, unknown>>;

/** What the service says before it is put into HTTP: a body, or a redirect that carries the body too. */
export type Answer =
  | { readonly kind: "found"; readonly body: Json }
  | { readonly kind: "moved"; readonly body: Json; readonly location: string }
  | { readonly kind: "error"; readonly status: 400 | 401 | 404 | 405 | 501 | 503; readonly message: string };

/** 200 with a body. */
export const found = (body: Json): Answer => ({ kind: "found", body });

/** 400 with the reason. */
export const badRequest = (message: string): Answer => ({ kind: "error", status: 400, message });

/** 404, in the service's only words for it. */
export const notFound: Answer = { kind: "error", status: 404, message: "Not Found" };

/** 501: the real service has it, the sandbox does not. */
export const notImplemented: Answer = {
  kind: "error",
  status: 501,
  message: "This hasn't been implemented yet.",
};

/**
 * The body of every error of the web service.
 *
 * @example errorBody("Not Found")
 */
export const errorBody = (message: string): Json => ({
  error: message,
  help: "For usage, please see: https://musicbrainz.org/development/mmd",
});
