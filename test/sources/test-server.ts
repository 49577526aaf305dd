import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A web server that answers as the test says. */
export interface TestServer extends AsyncDisposable {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly paths: string[];
}

/** Opens a server for faults that the sandbox does not have. */
export async function openServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TestServer> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
