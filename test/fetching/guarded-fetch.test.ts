import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createGuardedFetch, type FetchRequest } from "../../src/fetching/guarded-fetch.ts";
import { allowedUrl, headersAfter } from "../../src/fetching/fetch-policy.ts";
import { openServer } from "../sources/test-server.ts";

const fetching = (url: string, trusted: readonly string[], more: Partial<FetchRequest> = {}) =>
  createGuardedFetch()({
    url,
    policy: { trusted },
    maxBytes: 1_000_000,
    timeout: 5_000,
    signal: new AbortController().signal,
    ...more,
  });

describe("The guarded fetch", () => {
  it("brings the bytes, and counts each request", async () => {
    await using server = await openServer((request, response) => {
      if (request.url === "/a") response.writeHead(307, { location: "/b" }).end();
      else response.end("bytes");
    });
    let requests = 0;
    const answer = await fetching(`${server.url}/a`, [server.url], { onRequest: () => (requests += 1) });
    expect(answer.status === "ok" && Buffer.from(answer.bytes).toString()).toBe("bytes");
    expect([requests, server.paths]).toEqual([2, ["/a", "/b"]]);
  });

  it("tells absence, refusal and passing trouble apart", async () => {
    await using server = await openServer((request, response) => {
      response.writeHead(Number(request.url?.slice(1)), { "retry-after": "7" }).end();
    });
    const outcome = (status: number) =>
      fetching(`${server.url}/${status}`, [server.url]).catch((error: unknown) => error);
    expect(await outcome(404)).toEqual({ status: "absent" });
    expect(await outcome(410)).toEqual({ status: "absent" });
    expect(await outcome(403)).toMatchObject({ code: "source-rejected", retryable: false });
    expect(await outcome(204)).toMatchObject({ code: "source-rejected" });
    expect(await outcome(429)).toMatchObject({ code: "source-throttled", retryable: true, retryAfter: 7000 });
    expect(await outcome(503)).toMatchObject({ code: "source-throttled", retryable: true });
    expect(await outcome(500)).toMatchObject({ code: "source-unavailable", retryable: true });
  });

  it("follows five redirects and no sixth", async () => {
    await using server = await openServer((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
      else response.end("there");
    });
    expect(await fetching(`${server.url}/5`, [server.url])).toMatchObject({ status: "ok" });
    await expect(fetching(`${server.url}/6`, [server.url])).rejects.toMatchObject({ code: "fetch-refused" });
  });

  it("counts bytes once they are unpacked, and stops there", async () => {
    const packed = gzipSync(gzipSync(Buffer.alloc(200_000_000)));
    await using server = await openServer((request, response) => {
      if (request.url === "/long") response.writeHead(200, { "content-length": 2_000_000 }).end();
      else response.writeHead(200, { "content-encoding": "gzip, gzip" }).end(packed);
    });
    expect(packed.byteLength).toBeLessThan(2000);
    for (const path of ["/packed", "/long"]) {
      const error = await fetching(`${server.url}${path}`, [server.url]).catch((thrown: unknown) => thrown);
      expect(error, path).toMatchObject({
        code: "fetch-refused",
        message: expect.stringContaining("larger than 1000000"),
      });
    }
  });

  it("has a deadline for the whole, and ends with the signal's reason", async () => {
    await using server = await openServer((_request, response) => void response.write("drop"));
    const late = fetching(server.url, [server.url], { timeout: 100 });
    await expect(late).rejects.toMatchObject({ code: "source-timeout", retryable: true });
    const controller = new AbortController();
    const cancelled = fetching(server.url, [server.url], { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(cancelled).rejects.toThrow("enough");
  });

  it("calls a broken line, a body cut short and a closed port unavailable", async () => {
    await using server = await openServer((request, response) => {
      if (request.url === "/reset") request.socket.resetAndDestroy();
      else response.writeHead(200, { "content-length": 10 }).write("half", () => response.destroy());
    });
    for (const path of ["/reset", "/cut"]) {
      const fetched = fetching(`${server.url}${path}`, [server.url]);
      await expect(fetched, path).rejects.toMatchObject({ code: "source-unavailable", retryable: true });
    }
    const closed = await openServer(() => undefined);
    await closed[Symbol.asyncDispose]();
    await expect(fetching(closed.url, [closed.url])).rejects.toMatchObject({ code: "source-unavailable" });
  });

  it("asks at no port that belongs to something other than the web", async () => {
    const mail = "http://127.0.0.1:25";
    await expect(fetching(mail, [mail])).rejects.toMatchObject({ code: "fetch-refused", retryable: false });
  });

  it("sends on what says who is asking to nobody else", async () => {
    const seen: (string | undefined)[] = [];
    await using other = await openServer((request, response) => {
      seen.push(request.headers.authorization, request.headers.cookie, request.headers["user-agent"]);
      response.end();
    });
    await using server = await openServer((request, response) => {
      if (request.url === "/same") seen.push(request.headers.authorization);
      response.writeHead(302, { location: request.url === "/same" ? other.url : "/same" }).end();
    });
    const headers = { Authorization: "Bearer s3cret", cookie: "s3cret", "user-agent": "me" };
    await fetching(server.url, [server.url, other.url], { headers });
    expect(seen).toEqual(["Bearer s3cret", undefined, undefined, "me"]);
  });
});

describe("allowedUrl", () => {
  const policy = { hosts: ["archive.org", "coverartarchive.org"], secure: true };

  it("allows the named hosts and all below them, over https", () => {
    expect(allowedUrl("http://ia800.us.archive.org/x.jpg", policy).href).toBe("https://ia800.us.archive.org/x.jpg");
    expect(allowedUrl("https://ARCHIVE.org./x", policy).hostname).toBe("archive.org.");
    expect(allowedUrl("/x", policy, new URL("https://archive.org/y")).href).toBe("https://archive.org/x");
    expect(allowedUrl("//archive.org/x", policy, new URL("http://a.example")).href).toBe("https://archive.org/x");
  });

  it.each([
    "https://evilarchive.org/",
    "https://archive.org.evil.example/",
    "https://archive.org@evil.example/",
    "https://user:password@archive.org/",
    "https://evil.example/?archive.org",
    "https://93.184.216.34/",
    "ftp://archive.org/",
    "https:\\\\evil.example\\archive.org",
  ])("refuses %s", (url) => {
    expect(() => allowedUrl(url, policy)).toThrow(expect.objectContaining({ code: "fetch-refused" }));
  });

  it("lets a trusted origin be anywhere, and only that very origin", () => {
    const trusting = { ...policy, trusted: ["http://127.0.0.1:8080/base"] };
    expect(allowedUrl("http://127.0.0.1:8080/x", trusting).href).toBe("http://127.0.0.1:8080/x");
    for (const url of ["http://127.0.0.1:8081/", "https://127.0.0.1:8080/", "http://localhost:8080/"]) {
      expect(() => allowedUrl(url, trusting), url).toThrow("on none of the hosts");
    }
  });
});

describe("headersAfter", () => {
  it("keeps all within an origin, which another port or scheme leaves", () => {
    const headers = { Authorization: "x", Cookie: "y", "Proxy-Authorization": "z", accept: "image/*" };
    const from = new URL("https://a.example/");
    expect(headersAfter(headers, from, new URL("https://a.example/b"))).toEqual(headers);
    for (const to of ["http://a.example/", "https://a.example:8443/", "https://b.example/"]) {
      expect(headersAfter(headers, from, new URL(to)), to).toEqual({ accept: "image/*" });
    }
  });
});
