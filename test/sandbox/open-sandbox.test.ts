import { describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { createRateLimit } from "../../src/sandbox/rate-limit.ts";
import { ask, ids } from "./ask.ts";
import type { ErrorBody } from "./ask.ts";

const artist = `/artist/${ids.pinkFloyd}`;

describe("a sandbox", () => {
  test("listens on a free port of this machine", async () => {
    await using sandbox = await openSandbox();
    expect(sandbox.url).toBe(`http://127.0.0.1:${String(sandbox.port)}/ws/2`);
    expect(sandbox.port).toBeGreaterThan(0);
  });

  test("refuses a port that is taken", async () => {
    await using sandbox = await openSandbox();
    await expect(openSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("keeps what was asked of it", async () => {
    await using sandbox = await openSandbox();
    const before = Date.now();
    await ask(sandbox, artist, { inc: "genres" }, { headers: { "User-Agent": "Reader/1.0 ( reader@example.org )" } });
    await ask(sandbox, "/artist/none");
    expect(sandbox.requests).toMatchObject([
      {
        method: "GET",
        path: `/ws/2${artist}?fmt=json&inc=genres`,
        status: 200,
        userAgent: "Reader/1.0 ( reader@example.org )",
        fault: null,
      },
      { path: "/ws/2/artist/none?fmt=json", status: 400 },
    ]);
    const [first, second] = sandbox.requests;
    expect(first?.time).toBeGreaterThan(before - 1000);
    expect(second?.time).toBeGreaterThan(first?.time ?? Number.POSITIVE_INFINITY);
  });

  test("closes once, however often it is told to", async () => {
    const sandbox = await openSandbox();
    await Promise.all([sandbox.close(), sandbox.close()]);
    await sandbox.close();
    await expect(fetch(`${sandbox.url}${artist}`)).rejects.toThrow("fetch failed");
  });

  test("stands beside others without sharing anything", async () => {
    await using one = await openSandbox({ faults: [{ kind: "status", status: 500 }] });
    await using other = await openSandbox();
    expect((await fetch(`${one.url}${artist}`)).status).toBe(500);
    expect((await fetch(`${other.url}${artist}`)).status).toBe(200);
    expect(other.requests).toHaveLength(1);
  });
});

describe("a limit of requests", () => {
  test("refuses the second request of a second with the service's own words", async () => {
    await using sandbox = await openSandbox({ requestsPerSecond: 1 });
    expect((await ask(sandbox, artist)).status).toBe(200);
    const { status, body } = await ask<ErrorBody>(sandbox, artist);
    expect(status).toBe(503);
    expect(body.error).toBe(
      "Your requests are exceeding the allowable rate limit. " +
        "Please see http://wiki.musicbrainz.org/XMLWebService for more information.",
    );
  });

  test("lets a request pass once the interval is over, and counts refused ones too", () => {
    const limit = createRateLimit(1);
    const passes = [0, 500, 1400, 2400, 3360, 3900].map((now) => limit.refuse(now) === undefined);
    expect(passes).toEqual([true, false, false, true, true, false]);
  });

  test("is absent by default", async () => {
    await using sandbox = await openSandbox();
    const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await ask(sandbox, artist)).status));
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});
