import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { SourceSession } from "../../src/engine/source.ts";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { createHttpSource } from "../../src/sources/http-source.ts";
import { createSession, createSnapshots, type SnapshotsDouble } from "./session-double.ts";
import { textWith } from "./matchers.ts";

const pinkFloyd = "/artist/83d91898-7763-47d7-b03b-b92132375c47";
const motorheadMerged = "/artist/0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10";
const nobody = "/artist/00000000-0000-4000-8000-000000000000";
const entity = z.object({ id: z.string(), name: z.string() });

let sandbox: Sandbox;
let snapshots: SnapshotsDouble;
beforeEach(async () => {
  sandbox = await openSandbox();
  snapshots = createSnapshots();
});
afterEach(() => sandbox.close());

/** Asks in an import of its own. */
function ask(path: string, options: Partial<SourceSession> = {}) {
  const source = createHttpSource({
    name: "double",
    baseUrl: sandbox.url,
    interval: 0,
    userAgent: "test/1",
    backOff: 2,
  });
  return source.connect(createSession({ snapshots, ...options })).getJson(path, entity);
}

const keyOf = (path: string): string => `double ${sandbox.url}${path}`;
const age = (path: string, milliseconds: number, changes = {}): void => {
  const kept = snapshots.kept.get(keyOf(path)) ?? expect.fail("no snapshot");
  snapshots.kept.set(keyOf(path), { ...kept, fetchedAt: new Date(Date.now() - milliseconds), ...changes });
};

describe("a snapshot", () => {
  test.each([
    ["an answer", pinkFloyd, 200],
    ["a merged entity", motorheadMerged, 301],
    ["nothing", nobody, 404],
  ])("of %s stands for the request, and answers the same", async (_name, path, status) => {
    const first = await ask(path);
    expect(snapshots.kept.get(keyOf(path))).toMatchObject({ status });
    expect(await ask(path)).toEqual(first);
    expect(await ask(path, { offline: true })).toEqual(first);
    expect(sandbox.requests).toHaveLength(1);
  });

  test("of a redirect that was followed holds what it led to", async () => {
    sandbox.faults.add({ kind: "redirect", to: `/ws/2${pinkFloyd}`, on: "/artist/1" });
    const first = await ask("/artist/1");
    expect(await ask("/artist/1", { offline: true })).toEqual(first);
    expect(sandbox.requests).toHaveLength(2);
  });

  test("that is too old is replaced, except offline", async () => {
    await ask(pinkFloyd);
    age(pinkFloyd, 60_001);
    expect(await ask(pinkFloyd, { offline: true })).toMatchObject({ status: "ok" });
    expect(sandbox.requests).toHaveLength(1);
    await ask(pinkFloyd);
    await ask(pinkFloyd);
    expect(sandbox.requests).toHaveLength(2);
  });

  test("is replaced when fresh answers are asked for", async () => {
    await ask(pinkFloyd);
    age(pinkFloyd, 1_000, { body: '{"id":"1","name":"Old"}' });
    expect(await ask(pinkFloyd, { fresh: true })).toMatchObject({ data: { name: "Pink Floyd" } });
    expect(await ask(pinkFloyd)).toMatchObject({ data: { name: "Pink Floyd" } });
    expect(sandbox.requests).toHaveLength(2);
  });

  test.each(["{", "<html>", '{"id":7}'])("that holds %j is ignored", async (body) => {
    await ask(pinkFloyd);
    age(pinkFloyd, 0, { body });
    expect(await ask(pinkFloyd)).toMatchObject({ data: { name: "Pink Floyd" } });
    expect(sandbox.requests).toHaveLength(2);
  });

  test("is not made of a failure", async () => {
    sandbox.faults.add({ kind: "status", status: 500 });
    await expect(ask(pinkFloyd)).rejects.toMatchObject({ code: "source-unavailable" });
    await expect(ask("/artist/nonsense")).rejects.toMatchObject({ code: "source-unavailable" });
    expect(snapshots.kept.size).toBe(0);
  });

  test("that cannot be written is logged, and the answer stands", async () => {
    const session = createSession({
      snapshots: { read: async () => undefined, write: () => Promise.reject(new Error("disk full")) },
    });
    const source = createHttpSource({ name: "double", baseUrl: sandbox.url, interval: 0, userAgent: "test/1" });
    expect(await source.connect(session).getJson(pinkFloyd, entity)).toMatchObject({ status: "ok" });
    expect(session.warnings).toEqual(["could not keep a snapshot"]);
  });
});

describe("offline", () => {
  test("what no snapshot holds is an error that names the address", async () => {
    const asked = ask(pinkFloyd, { offline: true, fresh: true });
    await expect(asked).rejects.toMatchObject({ code: "source-offline", message: textWith(pinkFloyd) });
    expect(sandbox.requests).toHaveLength(0);
  });

  test("without snapshots nothing can be answered", async () => {
    await expect(ask(pinkFloyd, { offline: true, snapshots: undefined })).rejects.toMatchObject({
      code: "source-offline",
    });
  });
});
