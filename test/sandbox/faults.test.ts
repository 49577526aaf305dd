import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { ask, ids } from "./ask.ts";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await openSandbox();
});
afterEach(() => sandbox.close());

const artist = `/artist/${ids.pinkFloyd}`;
const get = (path: string, init: RequestInit = {}) => fetch(`${sandbox.url}${path}`, init);
const statuses = async (path: string, times: number) => {
  const seen: number[] = [];
  for (let request = 0; request < times; request += 1) seen.push((await get(path)).status);
  return seen;
};

describe("which requests a fault strikes", () => {
  test("all of them, until it is cleared", async () => {
    sandbox.faults.add({ kind: "status", status: 500 });
    expect(await statuses(artist, 2)).toEqual([500, 500]);
    sandbox.faults.clear();
    expect(await statuses(artist, 1)).toEqual([200]);
  });

  test("all of them, until it is removed", async () => {
    const remove = sandbox.faults.add({ kind: "status", status: 500 });
    sandbox.faults.add({ kind: "status", status: 502 });
    expect(await statuses(artist, 1)).toEqual([500]);
    remove();
    expect(await statuses(artist, 1)).toEqual([502]);
  });

  test("so many times and no more", async () => {
    sandbox.faults.add({ kind: "status", status: 503, times: 2 });
    expect(sandbox.faults.active()).toHaveLength(1);
    expect(await statuses(artist, 3)).toEqual([503, 503, 200]);
    expect(sandbox.faults.active()).toEqual([]);
  });

  test("every third one", async () => {
    sandbox.faults.add({ kind: "status", status: 502, every: 3, times: 1 });
    expect(await statuses(artist, 6)).toEqual([200, 200, 502, 200, 200, 200]);
  });

  test("every second one, of releases, recordings and series alike", async () => {
    sandbox.faults.add({ kind: "status", status: 503, every: 2 });
    const releases = `/release?release-group=${ids.darkSide}&inc=recordings`;
    expect(await statuses(releases, 4)).toEqual([200, 503, 200, 503]);
    expect(await statuses(`/recording/${ids.money}`, 2)).toEqual([200, 503]);
    expect(await statuses("/series?query=sandbox", 2)).toEqual([200, 503]);
  });

  test("those whose path it names", async () => {
    sandbox.faults.add({ kind: "status", status: 500, on: "/release-group/" });
    sandbox.faults.add({ kind: "status", status: 429, on: /query=.*Nirvana/gu });
    expect(await statuses(artist, 1)).toEqual([200]);
    expect(await statuses(`/release-group/${ids.darkSide}`, 1)).toEqual([500]);
    expect(await statuses("/artist?query=Nirvana", 2)).toEqual([429, 429]);
  });

  test("those from the start, when it comes with the options", async () => {
    await using faulty = await openSandbox({ faults: [{ kind: "status", status: 503, times: 1 }] });
    expect((await fetch(`${faulty.url}${artist}`)).status).toBe(503);
    expect((await fetch(`${faulty.url}${artist}`)).status).toBe(200);
  });
});

describe("an error status", () => {
  test("carries Retry-After in seconds, as a date, or as garbage", async () => {
    const date = new Date("2030-01-01T00:00:00Z");
    for (const retryAfter of [7, date, "soon"]) {
      sandbox.faults.add({ kind: "status", status: 503, retryAfter, times: 1 });
    }
    const headers = [await get(artist), await get(artist), await get(artist)].map((each) =>
      each.headers.get("retry-after"),
    );
    expect(headers).toEqual(["7", "Tue, 01 Jan 2030 00:00:00 GMT", "soon"]);
  });

  test("has a body of JSON, of HTML, or none", async () => {
    for (const body of ["json", "html", "empty"] as const) {
      sandbox.faults.add({ kind: "status", status: 503, body, times: 1 });
    }
    expect(await (await get(artist)).json()).toMatchObject({ error: "Service Temporarily Unavailable" });
    expect(await (await get(artist)).text()).toContain("<html>");
    expect(await (await get(artist)).text()).toBe("");
  });
});

describe("a spoiled body", () => {
  test("is cut half way while the header announces the whole", async () => {
    sandbox.faults.add({ kind: "truncated" });
    const response = await get(artist);
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  test("is cut in half with a header that agrees", async () => {
    sandbox.faults.add({ kind: "truncated", announces: "half" });
    await expect((await get(artist)).json()).rejects.toThrow(SyntaxError);
  });

  test("has another shape", async () => {
    sandbox.faults.add({ kind: "wrong-shape", times: 1 });
    sandbox.faults.add({ kind: "wrong-shape", json: ["a"], times: 1 });
    sandbox.faults.add({ kind: "wrong-shape", json: null, times: 1 });
    expect(await (await get(artist)).json()).toEqual({ id: 7 });
    expect(await (await get(artist)).json()).toEqual(["a"]);
    expect(await (await get(artist)).json()).toBeNull();
  });

  test("is not JSON at all", async () => {
    sandbox.faults.add({ kind: "not-json" });
    const response = await get(artist);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html");
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test("comes in drops and is complete in the end", async () => {
    sandbox.faults.add({ kind: "slow-body", lasts: 60 });
    expect(await (await get(artist)).json()).toMatchObject({ id: ids.pinkFloyd });
  });

  test("comes in drops for longer than a client waits", async () => {
    sandbox.faults.add({ kind: "slow-body" });
    const response = await get(artist, { signal: AbortSignal.timeout(100) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("aborted due to timeout");
  });
});

describe("a broken connection", () => {
  test("is reset before any answer", async () => {
    sandbox.faults.add({ kind: "reset" });
    await expect(get(artist)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect(sandbox.requests.at(-1)).toMatchObject({ status: null, fault: "reset" });
  });

  test("hangs until the client gives up", async () => {
    sandbox.faults.add({ kind: "hang" });
    await expect(get(artist, { signal: AbortSignal.timeout(50) })).rejects.toThrow("aborted due to timeout");
  });

  test("hangs until the sandbox closes", async () => {
    sandbox.faults.add({ kind: "hang", on: "/artist" });
    const hanging = get(artist).catch((error: unknown) => error);
    // Each answer is a turn of the event loop in which the other request may have arrived.
    while (!sandbox.requests.some((each) => each.fault === "hang")) await get("/url");
    await sandbox.close();
    expect(await hanging).toMatchObject({ message: "fetch failed" });
  });
});

describe("a redirect", () => {
  test("leads to another path", async () => {
    sandbox.faults.add({ kind: "redirect", to: `/ws/2/artist/${ids.nirvana}`, status: 307, times: 1 });
    const { status, headers } = await ask(sandbox, artist, {}, { redirect: "follow" });
    expect(status).toBe(200);
    expect(headers.get("location")).toBeNull();
    expect(sandbox.requests.map((each) => each.status)).toEqual([307, 200]);
  });

  test("leads to another host", async () => {
    sandbox.faults.add({ kind: "redirect", to: "http://192.0.2.1/elsewhere" });
    const response = await get(artist, { redirect: "manual" });
    expect(response.status).toBe(302);
    expect(response.headers.get("location")).toBe("http://192.0.2.1/elsewhere");
  });

  test("leads in circles", async () => {
    sandbox.faults.add({ kind: "redirect-loop" });
    await expect(get(artist)).rejects.toMatchObject({ cause: { message: "redirect count exceeded" } });
  });
});

describe("latency", () => {
  test("delays the ordinary answer", async () => {
    sandbox.faults.add({ kind: "latency", wait: 40 });
    const before = performance.now();
    expect((await get(artist)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(38);
  });

  test("delays the fault that comes after it", async () => {
    sandbox.faults.add({ kind: "latency", wait: 40 });
    sandbox.faults.add({ kind: "status", status: 503 });
    const before = performance.now();
    expect((await get(artist)).status).toBe(503);
    expect(performance.now() - before).toBeGreaterThanOrEqual(38);
  });

  test("of the sandbox delays every request", async () => {
    await using slow = await openSandbox({ latency: 40 });
    const before = performance.now();
    expect((await fetch(`${slow.url}${artist}`)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(38);
  });

  test("does not keep a sandbox from closing", async () => {
    await using slow = await openSandbox({ latency: 3_600_000 });
    const waiting = fetch(`${slow.url}${artist}`).catch((error: unknown) => error);
    await using other = await openSandbox();
    while (slow.requests.length === 0) await fetch(`${other.url}/url`);
    await slow.close();
    expect(await waiting).toMatchObject({ message: "fetch failed" });
  });
});
