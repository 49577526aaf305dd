import { expect, it } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importInProcesses } from "./processes.ts";

const interval = 300;
/** Milliseconds that a process on a busy machine may be late for its slot, beyond one whole interval. */
const jitter = 60;

const first = "83d91898-7763-47d7-b03b-b92132375c47";
const names = ["Portishead", "Prince", "Brian Eno", "David Byrne", "Talking Heads", "Massive Attack"];

it("Processes on one database, taken together, ask a source no faster than one alone may", async () => {
  await using sandbox = await openSandbox();
  const { url: database } = await createPostgresDatabase();
  const shares = Array.from({ length: 3 }, (_, share) => names.slice(share * 2, share * 2 + 2));
  const outcomes = await importInProcesses(
    shares.map((share) => ({
      database,
      url: sandbox.url,
      interval,
      first,
      imports: share.map((name) => ({ artist: { name } })),
    })),
  );
  expect(outcomes.flat().map((one) => one.status)).toEqual(names.map(() => "created"));
  // From the first search on: before it, each process asks for the first time, and is slow at that.
  const times = sandbox.requests.map((request) => request.time);
  const race = times.slice(sandbox.requests.findIndex((request) => request.path.includes("query=")));
  expect(race).toHaveLength(2 * names.length);
  // One that is late for its slot is followed closely by one that is on time. But nobody is ever ahead of its slot, so
  // over any stretch the requests are at most one interval, and the jitter, ahead of the rate.
  const ahead = race.flatMap((from, start) => race.slice(start).map((to, steps) => steps * interval - (to - from)));
  expect(Math.max(...ahead)).toBeLessThan(interval + jitter);
  const gaps = race.slice(1).map((time, index) => time - (race[index] ?? 0));
  expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeGreaterThan(interval - jitter);
}, 180_000);
