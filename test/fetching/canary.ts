import { createServer, type Server, type Socket } from "node:net";
import { afterAll } from "vitest";

/** A server on every address of this machine that wants never to be reached. */
export interface Canary {
  readonly port: number;
  /** Connections so far: one is enough to kill it. */
  connections(): number;
}

const open = new Set<Server>();
const sockets = new Set<Socket>();
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of open) await new Promise((resolve) => server.close(resolve));
  open.clear();
});

/** Opens a canary, closed after the test file. It counts whoever connects, whatever they then say. */
export async function openCanary(): Promise<Canary> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret"));
  });
  open.add(server);
  // Both kinds of address at once, where the machine has them.
  await new Promise<void>((resolve) => {
    server.once("error", () => server.listen(0, "0.0.0.0", resolve));
    server.listen({ port: 0, host: "::", ipv6Only: false }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    connections: () => connections,
  };
}
