import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Fault } from "../../src/sandbox/faults/fault.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createHttpSource, type HttpSourceOptions } from "../../src/sources/http-source.ts";
import { failure } from "./matchers.ts";
import { createSession } from "./session-double.ts";
import { openServer } from "./test-server.ts";

const pinkFloyd = "/artist/83d91898-7763-47d7-b03b-b92132375c47";
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

describe("the same request", () => {
  test("is sent once in one import, whether it succeeded or failed", async () => {
    const client = source({ attempts: 1 }).connect(createSession());
    await client.getJson(pinkFloyd, entity);
    expect(await client.getJson(pinkFloyd, entity)).toMatchObject({ status: "ok" });
    expect(sandbox.requests).toHaveLength(1);
    sandbox.faults.add({ kind: "status", status: 500 });
    await failure(client.getJson("/artist/1", entity));
    await failure(client.getJson("/artist/1", entity));
    expect(sandbox.requests).toHaveLength(2);
  });

  test("is sent anew by the next import", async () => {
    const shared = source();
    await shared.connect(createSession()).getJson(pinkFloyd, entity);
    await shared.connect(createSession()).getJson(pinkFloyd, entity);
    expect(sandbox.requests).toHaveLength(2);
  });

  test("of several imports at once is sent once, on the account of one of them", async () => {
    const shared = source();
    const sessions = [createSession(), createSession(), createSession()];
    const answers = await Promise.all(sessions.map((session) => shared.connect(session).getJson(pinkFloyd, entity)));
    expect(answers.map((answer) => answer.status)).toEqual(["ok", "ok", "ok"]);
    expect(sandbox.requests).toHaveLength(1);
    expect(sessions.map((session) => session.requests())).toEqual([1, 0, 0]);
  });
});

describe("cancellation", () => {
  test("before the request sends none", async () => {
    const session = createSession({ signal: AbortSignal.abort() });
    expect(await failure(ask(pinkFloyd, {}, session))).toMatchObject({ code: "cancelled" });
    expect(sandbox.requests).toHaveLength(0);
  });

  test.each<[string, Fault]>([
    ["an answer", { kind: "hang" }],
    ["the next attempt", { kind: "status", status: 503, retryAfter: 30 }],
  ])("ends the wait for %s at once", async (_name, fault) => {
    sandbox.faults.add(fault);
    const cancelling = new AbortController();
    const asked = failure(ask(pinkFloyd, {}, createSession({ signal: cancelling.signal })));
    await expect.poll(() => sandbox.requests.length).toBe(1);
    cancelling.abort();
    expect(await asked).toMatchObject({ code: "cancelled" });
  });

  test("ends the wait for a slot, and nothing is sent", async () => {
    const cancelling = new AbortController();
    const rateSlots = { take: async () => 60_000 };
    const session = createSession({ signal: cancelling.signal, rateSlots });
    const asked = failure(ask(pinkFloyd, { interval: 1 }, session));
    cancelling.abort();
    expect(await asked).toMatchObject({ code: "cancelled" });
    expect(session.requests()).toBe(0);
  });

  test("of one import leaves the others their answer, and the rest of the bill", async () => {
    sandbox.faults.add({ kind: "status", status: 503, times: 1 });
    sandbox.faults.add({ kind: "latency", wait: 100 });
    const shared = source({ backOff: 200 });
    const cancelling = new AbortController();
    const [first, second] = [createSession({ signal: cancelling.signal }), createSession()];
    const cancelled = failure(shared.connect(first).getJson(pinkFloyd, entity));
    const answered = shared.connect(second).getJson(pinkFloyd, entity);
    await expect.poll(() => sandbox.requests.length).toBe(1);
    cancelling.abort();
    expect(await cancelled).toMatchObject({ code: "cancelled" });
    expect(await answered).toMatchObject({ status: "ok" });
    expect([first.requests(), second.requests()]).toEqual([1, 1]);
  });

  test("of all who wait aborts the request, and whoever asks then asks anew", async () => {
    let isClosed = false;
    await using server = await openServer((request, response) => {
      if (server.paths.length > 1) response.end('{"id":"1","name":"x"}');
      request.socket.once("close", () => void (isClosed = true));
    });
    const shared = sourceAt(server.url);
    const cancelling = new AbortController();
    const asked = [1, 2].map(() =>
      failure(shared.connect(createSession({ signal: cancelling.signal })).getJson("/", entity)),
    );
    await expect.poll(() => server.paths.length).toBe(1);
    cancelling.abort();
    expect((await Promise.all(asked)).map((error) => error.code)).toEqual(["cancelled", "cancelled"]);
    await expect.poll(() => isClosed).toBe(true);
    expect(await shared.connect(createSession()).getJson("/", entity)).toMatchObject({ status: "ok" });
  });
});
