import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { AccessionError } from "../../src/index.ts";
import { createHttpSource, type HttpSourceOptions } from "../../src/sources/http-source.ts";
import { createSession, createSnapshots } from "./session-double.ts";
import { openServer, type TestServer } from "./test-server.ts";

const answer = z.object({ echo: z.string() });

/** A server that answers with what was posted, by its content type and its Authorization header. */
function openEcho(status: (request: IncomingMessage) => number = () => 200): Promise<TestServer> {
  return openServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      response.statusCode = status(request);
      if (response.statusCode === 307) response.setHeader("location", "/elsewhere");
      const { authorization = "nobody", "content-type": type, "x-shop": shop = "" } = request.headers;
      response.end(JSON.stringify({ echo: [request.method, type, authorization, shop, body].join(" ") }));
    });
  });
}

function open(server: TestServer, options: Partial<HttpSourceOptions> = {}) {
  return createHttpSource({
    name: "shop",
    baseUrl: server.url,
    interval: 0,
    userAgent: "test",
    backOff: 1,
    ...options,
  });
}

describe("a posted question", () => {
  it("is sent as JSON or as a form, with its own headers, once an import and once for all that ask it together", async () => {
    await using server = await openEcho();
    const source = open(server);
    const [one, other] = [createSession(), createSession()];
    const headers = { "x-shop": "de" };
    const [client, second] = [source.connect(one), source.connect(other)];
    const [first, same] = await Promise.all([
      client.post("/q", { b: 2, a: 1 }, answer, { headers }),
      second.post("/q", { a: 1, b: 2 }, answer, { headers }),
    ]);
    expect(first).toEqual({ status: "ok", data: { echo: 'POST application/json nobody de {"a":1,"b":2}' } });
    expect(same).toEqual(first);
    await client.post("/q", { a: 1, b: 2 }, answer, { headers });
    expect(server.paths).toHaveLength(1);
    const form = await client.post("/q", new URLSearchParams({ a: "1 2" }), answer);
    expect(form).toMatchObject({ data: { echo: "POST application/x-www-form-urlencoded nobody  a=1+2" } });
    await client.post("/q", { a: 2 }, answer);
    expect(server.paths).toHaveLength(3);
    expect(one.requests() + other.requests()).toBe(3);
  });

  it("is answered from its own snapshot, and from none where the source keeps none", async () => {
    await using server = await openEcho();
    const snapshots = createSnapshots();
    const session = () => createSession({ snapshots });
    const source = open(server);
    await source.connect(session()).post("/q", { a: 1 }, answer);
    await source.connect(session()).post("/q", { a: 1 }, answer);
    await source.connect(session()).post("/q", { a: 2 }, answer);
    expect([server.paths.length, snapshots.kept.size]).toEqual([2, 2]);
    const secretive = open(server, { name: "secretive", keepsSnapshots: false });
    for (let times = 0; times < 2; times += 1) await secretive.connect(session()).post("/q", { a: 1 }, answer);
    expect([server.paths.length, snapshots.kept.size]).toEqual([4, 2]);
    const offline = createSession({ snapshots, offline: true });
    await expect(secretive.connect(offline).post("/q", { a: 1 }, answer)).rejects.toMatchObject({
      code: "source-offline",
    });
  });

  it("is not sent to where a redirect leads", async () => {
    await using server = await openEcho(() => 307);
    await expect(open(server).connect(createSession()).post("/q", {}, answer)).rejects.toMatchObject({
      code: "source-response-invalid",
    });
    expect(server.paths).toEqual(["/q"]);
  });
});

describe("an authorisation", () => {
  it("is asked for before each request, and renewed once after a 401", async () => {
    const stale = new Set(["token 1"]);
    await using server = await openEcho((request) => (stale.has(request.headers.authorization ?? "") ? 401 : 200));
    let given = 1;
    const refused: string[] = [];
    const authorisation = {
      secrets: [],
      header: async () => `token ${given}`,
      refused: (header: string) => {
        refused.push(header);
        given += 1;
      },
    };
    const client = open(server, { authorisation }).connect(createSession());
    expect(await client.post("/q", {}, answer)).toMatchObject({ data: { echo: "POST application/json token 2  {}" } });
    expect(await client.getJson("/g", answer)).toMatchObject({ data: { echo: expect.stringContaining("token 2") } });
    expect(refused).toEqual(["token 1"]);

    for (const token of ["token 2", "token 3"]) stale.add(token);
    await expect(client.post("/q", { a: 1 }, answer)).rejects.toMatchObject({ code: "source-rejected" });
    expect(refused).toEqual(["token 1", "token 2"]);
    expect(server.paths).toHaveLength(5);
  });

  it("makes a secret of each header that is sent, and of the credential in it, for everybody who waits", async () => {
    await using server = await openEcho();
    const authorisation = { secrets: ["known"], header: async () => "Bearer abcdef, Version 2.3", refused() {} };
    const source = open(server, { authorisation, secrets: ["posted"] });
    expect(source.secrets).toEqual(["posted", "known"]);
    const sessions = [createSession(), createSession()];
    await Promise.all(sessions.map((session) => source.connect(session).post("/q", {}, answer)));
    expect(server.paths).toHaveLength(1);
    const learnt = ["Bearer abcdef, Version 2.3", "abcdef"];
    expect(sessions.map((session) => session.secrets)).toEqual([learnt, learnt]);
    const own = createSession();
    await open(server)
      .connect(own)
      .post("/q", {}, answer, { headers: { Authorization: "raw-key" } });
    expect(own.secrets).toEqual(["raw-key"]);
  });

  it("is taken out of what a server says of an error before it is cut short", async () => {
    await using server = await openServer((request, response) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ error: `${"so ".repeat(62)} ${request.headers.authorization}` }));
    });
    const authorisation = { secrets: [], header: async () => "Bearer abcdefghijklmnop", refused() {} };
    const asked = open(server, { authorisation }).connect(createSession()).getJson("/g", answer);
    await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(/so {2}\*\*\*\.$/) });
  });
});

describe("a source's own explanation", () => {
  it("decides what an answer is, before its status does, and may have it retried", async () => {
    const statuses = [200, 503, 400, 200];
    await using server = await openEcho(() => statuses.shift() ?? 200);
    let faults = 2;
    const seen: number[] = [];
    const source = open(server, {
      explain: ({ status }) => {
        seen.push(status);
        faults -= 1;
        if (faults >= 0) return new AccessionError("source-unavailable", "The shop says so.", { retryable: true });
        return status === 400 ? new AccessionError("configuration-invalid", "The shop does not know you.") : undefined;
      },
    });
    const client = source.connect(createSession());
    await expect(client.post("/q", {}, answer)).rejects.toMatchObject({ code: "configuration-invalid" });
    expect(seen).toEqual([200, 503, 400]);
    expect(await client.post("/q", { a: 1 }, answer)).toMatchObject({ status: "ok" });
  });
});
