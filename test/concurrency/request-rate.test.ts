import { expect, it } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { importInProcesses } from "./processes.ts";

const interval = 300;
/** A process that is late for its slot, followed by one that is on time, comes this much closer to it at most. */
const jitter = 60;

const first = "83d91898-7763-47d7-b03b-b92132375c47";
const names = ["Portishead", "Prince", "Brian Eno", "David Byrne", "Talking Heads", "Massive Attack"];

// Tried again where other programs keep a process from its slot by more than the jitter; a rate that is not kept is not
// kept however often.
it(
  "Processes on one database, taken together, ask a source no faster than one alone may",
  { timeout: 180_000, retry: 2 },
  async () => {
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
    const gaps = race.slice(1).map((time, index) => time - (race[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(interval - jitter);
    expect((race.at(-1) ?? 0) - (race[0] ?? 0)).toBeGreaterThan((race.length - 1) * interval - jitter);
  },
);
