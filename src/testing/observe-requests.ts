import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { z } from "zod";

// Where Node's fetch, and its http module, tell of each answer.
const channels = ["undici:request:headers", "http.client.response.finish"];

const answer = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    /** fetch: `http://host:port`. */
    origin: z.union([z.string(), z.instanceof(URL).transform((url) => url.origin)]).nullish(),
    /** The http module: the host alone. */
    host: z.string().nullish(),
  }),
  response: z.object({ statusCode: z.number() }),
});

/**
 * Runs `work` and tells which requests this process sent more than once meanwhile, each as `GET http://host/path`. One
 * that was repeated because the server was busy or failed counts once.
 */
export async function observeRequests<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly repeated: readonly string[] }> {
  const answered: string[] = [];
  const onAnswer = (message: unknown): void => {
    const read = answer.safeParse(message);
    if (!read.success) return;
    const { request, response } = read.data;
    const worthRepeating = response.statusCode >= 500 || response.statusCode === 429 || response.statusCode === 408;
    // Two requests that post something differ in what they post, which is not seen here.
    if (!worthRepeating && request.method !== "POST")
      answered.push(`${request.method} ${request.origin ?? request.host ?? ""}${request.path}`);
  };
  for (const channel of channels) subscribe(channel, onAnswer);
  try {
    const result = await work();
    return { result, repeated: [...new Set(answered.filter((one, index) => answered.indexOf(one) !== index))] };
  } finally {
    for (const channel of channels) unsubscribe(channel, onAnswer);
  }
}
