import { z } from "zod";
import { AccessionError } from "../engine/errors.ts";
import { badImages } from "../sandbox/cover-art/bad-image.ts";
import type { Fault } from "../sandbox/faults/fault.ts";

const scope = {
  on: z.string().optional(),
  times: z.coerce.number().int().min(1).optional(),
  every: z.coerce.number().int().min(1).optional(),
};
const statuses = [404, 429, 500, 502, 503, 504] as const;

const faults = z.discriminatedUnion("kind", [
  z.strictObject({
    ...scope,
    kind: z.literal("status"),
    status: z.coerce.number().pipe(z.literal(statuses)),
    retryAfter: z.string().optional(),
    body: z.enum(["json", "html", "empty"]).optional(),
  }),
  z.strictObject({ ...scope, kind: z.literal("truncated"), announces: z.enum(["whole", "half"]).optional() }),
  z.strictObject({ ...scope, kind: z.literal("wrong-shape") }),
  z.strictObject({ ...scope, kind: z.literal("not-json"), body: z.string().optional() }),
  z.strictObject({ ...scope, kind: z.literal("bad-image"), image: z.enum(badImages) }),
  z.strictObject({ ...scope, kind: z.literal("reset") }),
  z.strictObject({ ...scope, kind: z.literal("slow-body"), lasts: z.coerce.number().min(0).optional() }),
  z.strictObject({ ...scope, kind: z.literal("hang") }),
  z.strictObject({ ...scope, kind: z.literal("redirect"), to: z.string() }),
  z.strictObject({ ...scope, kind: z.literal("redirect-loop") }),
  z.strictObject({ ...scope, kind: z.literal("latency"), wait: z.coerce.number().min(0) }),
]);

/** How a fault is written, for help texts and errors. */
const faultForm =
  "a status (404, 429, 500, 502, 503, 504) or a kind (truncated, wrong-shape, not-json, bad-image, reset, slow-body, hang, redirect, redirect-loop, latency), then its settings: 503:retryAfter=2,times=1";

/**
 * Reads a fault as a person types it: a status or a kind, then after a colon its settings with commas between them.
 *
 * @throws AccessionError `query-invalid`, showing the form.
 * @example readFault("503:retryAfter=2,on=/artist,times=2")
 * @example readFault("latency:wait=500")
 */
export function readFault(text: string): Fault {
  const [, word = "", settings = ""] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
  const pairs = settings.split(",").filter((pair) => pair !== "");
  const entries = pairs.map((pair): [string, string] => {
    const cut = pair.indexOf("=");
    return cut < 0 ? [pair, ""] : [pair.slice(0, cut), pair.slice(cut + 1)];
  });
  const kind = /^\d+$/.test(word) ? { kind: "status", status: word } : { kind: word };
  const parsed = faults.safeParse({ ...Object.fromEntries(entries), ...kind });
  // Absent settings stay absent, which is all that the two types differ in.
  if (parsed.success) return parsed.data as Fault;
  const why = parsed.error.issues.map((issue) => `${issue.path.join(".") || "settings"}: ${issue.message}`).join("; ");
  throw new AccessionError("query-invalid", `"${text.slice(0, 100)}" is no fault (${why}). It takes ${faultForm}.`);
}
