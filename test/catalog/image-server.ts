import sharp from "sharp";
import { afterAll } from "vitest";
import { openServer, type TestServer } from "../sources/test-server.ts";

/** A server of images that a test may exchange. */
export interface ImageServer extends TestServer {
  /** What is at each path. */
  readonly images: Map<string, Buffer>;
}

const open = new Set<TestServer>();
afterAll(async () => {
  for (const server of open) await server[Symbol.asyncDispose]();
  open.clear();
});

const colours = { green: "#2e7d32", yellow: "#fbc02d", brown: "#5d4037" };

/**
 * Opens a server of coloured images (`/green.png`), of what is none (`/html.jpg`, `/svg.svg`, `/truncated.png`), and of
 * trouble (`/busy`, `/to-forbidden`), closed after the test file; anything else is 404.
 */
export async function openImageServer(): Promise<ImageServer> {
  const images = new Map<string, Buffer>([
    ["/html.jpg", Buffer.from("<!doctype html><p>Please sign in.")],
    ["/svg.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
  ]);
  for (const [name, background] of Object.entries(colours)) {
    const create = { width: 1600, height: 1200, channels: 3, background } as const;
    images.set(`/${name}.png`, await sharp({ create }).png().toBuffer());
  }
  images.set("/truncated.png", (images.get("/green.png") ?? Buffer.alloc(0)).subarray(0, 100));
  const server = await openServer((request, response) => {
    if (request.url === "/busy") return void response.writeHead(503).end();
    if (request.url === "/to-forbidden") {
      return void response.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end();
    }
    const bytes = images.get(request.url ?? "");
    response.writeHead(bytes ? 200 : 404, { "content-type": "image/png" }).end(bytes);
  });
  open.add(server);
  return { ...server, images, [Symbol.asyncDispose]: () => Promise.resolve() };
}
