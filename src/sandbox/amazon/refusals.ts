import type { Json } from "../answers/answer.ts";

/** The errors of the service: https://affiliate-program.amazon.com/creatorsapi/docs */
const errors = {
  ValidationException: 400,
  UnauthorizedException: 401,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ThrottleException: 429,
  InternalServerException: 500,
} as const;

/** The type of an error, by which a client has to go. */
export type RefusalType = keyof typeof errors;

/** An error with its flat body. */
export const refuse = (
  type: RefusalType,
  message: string,
  more: Json = {},
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ message, type, ...more }, { status: errors[type], headers });

/** The error that an injected status is, in this service's words; a gateway's statuses have none. */
export const refusalOfStatus = (status: number): Json => {
  const type = Object.entries(errors).find(([, its]) => its === status)?.[0];
  return { ...(type !== undefined && { type }), message: "The sandbox was told to fail." };
};

/** The refusal of a request that comes too soon. */
export const throttled = (): Response =>
  refuse("ThrottleException", "The request was denied due to request throttling.", {}, { "Retry-After": "1" });
