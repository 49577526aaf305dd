import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { RateSlots } from "../../src/engine/source.ts";
import type { Fault } from "../../src/sandbox/faults/fault.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createHttpSource, type HttpSourceOptions } from "../../src/sources/http-source.ts";
import { createSession, createSlots } from "./session-double.ts";
import { failure } from "./matchers.ts";
import { openServer } from "./test-server.ts";

const pinkFloyd = "/artist/83d91898-7763-47d7-b03b-b92132375c47";
const motorhead = "57961a97-3796-4bf7-9f02-a985a8979ae9";
const motorheadMerged = "/artist/0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10";
const entity = z.object({ id: z.string(), name: z.string() });

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const sourceAt = (baseUrl: string, options: Partial<HttpSourceOptions> = {}) =>
  createHttpSource({ name: "double", baseUrl, interval: 0, userAgent: "test/1", backOff: 2, ...options });
const source = (options: Partial<HttpSourceOptions> = {}) => sourceAt(sandbox.url, options);
const ask = (path = pinkFloyd, options: Partial<HttpSourceOptions> = {}, session = createSession()) =>
  source(options).connect(session).getJson(path, entity);

describe("an answer", () => {
  test("is what the schema makes of it", async () => {
    expect(await ask()).toEqual({ status: "ok", data: { id: pinkFloyd.slice(8), name: "Pink Floyd" } });
  });

  test("that there is none is a value", async () => {
    expect(await ask("/artist/00000000-0000-4000-8000-000000000000")).toEqual({ status: "absent" });
  });

  test("of a merged entity comes along with the redirect, in one request", async () => {
    expect(await ask(motorheadMerged)).toEqual({ status: "moved", data: { id: motorhead, name: "Motörhead" } });
    expect(sandbox.requests).toHaveLength(1);
  });

  test("names who asks, and for what", async () => {
    await ask(pinkFloyd, { userAgent: () => "test/2 ( me@example.org )" });
    expect(sandbox.requests[0]).toMatchObject({ userAgent: "test/2 ( me@example.org )", path: `/ws/2${pinkFloyd}` });
  });
});

describe("a fault that passes is retried", () => {
  test.each<[string, Fault]>([
    ["429", { kind: "status", status: 429 }],
    ["500", { kind: "status", status: 500, body: "html" }],
    ["502", { kind: "status", status: 502, body: "html" }],
    ["503", { kind: "status", status: 503 }],
    ["504", { kind: "status", status: 504, body: "empty" }],
    ["503 with a Retry-After that says nothing", { kind: "status", status: 503, retryAfter: "soon" }],
    ["a reset connection", { kind: "reset" }],
    ["a connection cut within the body", { kind: "truncated" }],
    ["JSON that ends too soon", { kind: "truncated", announces: "half" }],
  ])("%s", async (_name, fault) => {
    sandbox.faults.add({ ...fault, times: 2 });
    const session = createSession();
    expect(await ask(pinkFloyd, {}, session)).toMatchObject({ status: "ok" });
    expect(sandbox.requests).toHaveLength(3);
    expect(session.requests()).toBe(3);
    expect(session.warnings).toHaveLength(2);
  });

  test.each<[string, Fault]>([
    ["a server that never answers", { kind: "hang" }],
    ["a body that comes too slowly", { kind: "slow-body" }],
  ])("%s, once its time is up", async (_name, fault) => {
    sandbox.faults.add({ ...fault, times: 1 });
    expect(await ask(pinkFloyd, { timeout: 500 })).toMatchObject({ status: "ok" });
    expect(sandbox.requests).toHaveLength(2);
  });
});

describe("a fault that lasts is a typed error after the last attempt", () => {
  test.each<[string, Fault, object]>([
    ["429", { kind: "status", status: 429 }, { code: "source-throttled", retryAfter: undefined }],
    ["503", { kind: "status", status: 503, retryAfter: 0 }, { code: "source-throttled", retryAfter: 0 }],
    ["500", { kind: "status", status: 500 }, { code: "source-unavailable" }],
    ["502", { kind: "status", status: 502 }, { code: "source-unavailable" }],
    ["504", { kind: "status", status: 504 }, { code: "source-unavailable" }],
    ["a reset connection", { kind: "reset" }, { code: "source-unavailable" }],
    ["JSON that ends too soon", { kind: "truncated", announces: "half" }, { code: "source-unavailable" }],
    ["no answer", { kind: "hang" }, { code: "source-timeout" }],
  ])("%s", async (_name, fault, expected) => {
    sandbox.faults.add(fault);
    expect(
      await failure(ask(pinkFloyd, { attempts: 3, ...(fault.kind === "hang" ? { timeout: 500 } : {}) })),
    ).toMatchObject({
      name: "AccessionError",
      retryable: true,
      ...expected,
    });
    expect(sandbox.requests).toHaveLength(3);
  });

  test("a server that is not there", async () => {
    await sandbox.close();
    const error = await failure(ask());
    expect(error).toMatchObject({ code: "source-unavailable", retryable: true });
    expect(error.message).toContain("ECONNREFUSED");
  });
});

describe("what repeating does not help is asked once", () => {
  test.each<[string, Fault, RegExp]>([
    ["not JSON", { kind: "not-json" }, /is not JSON/],
    ["another shape", { kind: "wrong-shape" }, /at id: .*expected string/],
    ["a list", { kind: "wrong-shape", json: [1] }, /at its top/],
    ["more than the size cap", { kind: "wrong-shape", json: { id: "x".repeat(3_000) } }, /larger than 2000 bytes/],
    ["a redirect to another host", { kind: "redirect", to: "http://example.org/" }, /another host, example\.org/],
  ])("%s", async (_name, fault, message) => {
    sandbox.faults.add(fault);
    const error = await failure(ask(pinkFloyd, { maxBytes: 2_000 }));
    expect(error).toMatchObject({ code: "source-response-invalid", retryable: false });
    expect(error.message).toMatch(message);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("JSON nested without end", async () => {
    await using server = await openServer((_request, response) =>
      response.end("[".repeat(50_000) + "]".repeat(50_000)),
    );
    const error = await failure(sourceAt(server.url).connect(createSession()).getJson("/", entity));
    expect(error).toMatchObject({ code: "source-response-invalid" });
    expect(error.message).toMatch(/nested deeper than 100/);
    expect(server.paths).toHaveLength(1);
  });

  test("a body without end, of which only the cap is read", async () => {
    let sent = 0;
    await using server = await openServer((_request, response) => {
      const pour = (): void => {
        while (response.write("x".repeat(64 * 1024))) sent += 1;
        response.once("drain", pour);
      };
      pour();
    });
    const asked = sourceAt(server.url, { maxBytes: 100_000 }).connect(createSession()).getJson("/", entity);
    expect(await failure(asked)).toMatchObject({ code: "source-response-invalid" });
    expect(sent).toBeLessThan(1_000);
  });

  test("a small body that unpacks to a large one", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    await using server = await openServer((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const asked = sourceAt(server.url).connect(createSession()).getJson("/", entity);
    expect(await failure(asked)).toMatchObject({ code: "source-response-invalid" });
    expect(bomb.length).toBeLessThan(100_000);
  });

  test("a request that the source refuses, with the first line of its reason", async () => {
    const error = await failure(ask("/artist/nonsense"));
    expect(error).toMatchObject({ code: "source-rejected", retryable: false });
    expect(error.message).toMatch(/with status 400: Invalid mbid\.$/);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("a refusal that goes on for pages is quoted in one line", async () => {
    await using server = await openServer((_request, response) =>
      response.writeHead(403).write(`Not you.\nSecond line`, () => void response.end("x".repeat(1_000_000))),
    );
    const error = await failure(sourceAt(server.url).connect(createSession()).getJson("/", entity));
    expect(error.message).toBe(`double refused ${server.url}/ with status 403: Not you.`);
  });
});

describe("redirects", () => {
  test("without the answer are followed on the same host, and say that it moved", async () => {
    sandbox.faults.add({ kind: "redirect", to: `/ws/2${pinkFloyd}`, on: "/artist/1" });
    expect(await ask("/artist/1")).toMatchObject({ status: "moved", data: { name: "Pink Floyd" } });
    expect(sandbox.requests).toHaveLength(2);
  });

  test("that lead to nothing lead to an absent answer", async () => {
    sandbox.faults.add({
      kind: "redirect",
      status: 301,
      to: "/ws/2/artist/00000000-0000-4000-8000-000000000000",
      on: "/artist/1",
    });
    expect(await ask("/artist/1")).toEqual({ status: "absent" });
  });

  test("in a circle end after three", async () => {
    sandbox.faults.add({ kind: "redirect-loop" });
    expect((await failure(ask())).message).toMatch(/redirects more than 3 times/);
    expect(sandbox.requests).toHaveLength(4);
  });
});

/** Milliseconds between the first two requests, as the server saw them. */
const gap = (): number => (sandbox.requests[1]?.time ?? 0) - (sandbox.requests[0]?.time ?? 0);

describe("Retry-After", () => {
  test("in seconds is the least pause", async () => {
    sandbox.faults.add({ kind: "status", status: 503, retryAfter: "0.3", times: 1 });
    await ask();
    expect(gap()).toBeGreaterThanOrEqual(299);
  });

  test("as a date is the least pause", async () => {
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    sandbox.faults.add({ kind: "status", status: 429, retryAfter: until, times: 1 });
    await ask();
    expect(sandbox.requests[1]?.time).toBeGreaterThanOrEqual(until.getTime() - 1);
  });

  test("of more than a minute is reported instead of waited for", async () => {
    sandbox.faults.add({ kind: "status", status: 503, retryAfter: 120 });
    expect(await failure(ask())).toMatchObject({ code: "source-throttled", retryable: true, retryAfter: 120_000 });
    expect(sandbox.requests).toHaveLength(1);
  });
});

describe("the rate", () => {
  test("is one slot of the host for each attempt, retries too", async () => {
    sandbox.faults.add({ kind: "status", status: 503, times: 1 });
    const taken: unknown[] = [];
    const rateSlots: RateSlots = {
      async take(...slot) {
        taken.push(slot);
        return 150;
      },
    };
    await ask(pinkFloyd, { interval: 300 }, createSession({ rateSlots }));
    const slot = [`127.0.0.1:${sandbox.port}`, 300];
    expect(taken).toEqual([slot, slot]);
    expect(gap()).toBeGreaterThanOrEqual(149);
  });

  test("takes no slot where there is no limit", async () => {
    const rateSlots = createSlots();
    await ask(pinkFloyd, { interval: 0 }, createSession({ rateSlots }));
    expect(rateSlots.taken).toEqual([]);
  });
});

test("an address that is none is a mistake in the configuration", () => {
  expect(() => sourceAt("ftp://example.org")).toThrow(expect.objectContaining({ code: "configuration-invalid" }));
});

test("what the user agent throws is the error of the request, and nothing is sent", async () => {
  const userAgent = (): never => {
    throw new Error("who?");
  };
  const session = createSession();
  await expect(ask(pinkFloyd, { userAgent }, session)).rejects.toThrow("who?");
  expect([session.requests(), sandbox.requests.length]).toEqual([0, 0]);
});
