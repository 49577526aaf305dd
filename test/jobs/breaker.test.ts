import { expect, it } from "vitest";
import { createBreakers } from "../../src/jobs/breaker.ts";
import { openDatabase } from "../../src/store/database.ts";
import { describeOnDatabases } from "../support/databases.ts";

const minute = 60_000;

describeOnDatabases("The circuit breaker of a source", ({ location }) => {
  it("opens once, however many were under way, and for longer each time that it is tried in vain", async () => {
    await using database = await disposable(await location());
    const breakers = createBreakers(database);
    const minutesOf = (until: Date | undefined): number | undefined =>
      until && Math.round((until.getTime() - Date.now()) / minute);
    const failed = async (probes: boolean) => minutesOf(await breakers.failed("press.example", "gone", probes));

    for (let failure = 1; failure <= 4; failure += 1) expect(await failed(false)).toBeUndefined();
    expect(await breakers.succeeded("press.example")).toBe(false);
    for (let failure = 1; failure <= 4; failure += 1) expect(await failed(false)).toBeUndefined();
    const atOnce = await Promise.all(Array.from({ length: 8 }, () => failed(false)));
    expect(atOnce.filter((one) => one !== undefined)).toEqual([1]);
    const steps = [];
    for (let probe = 1; probe <= 5; probe += 1) steps.push(await failed(true));
    expect(steps).toEqual([5, 30, 120, 1440, 1440]);
    expect(await failed(false)).toBeUndefined();
    expect(await breakers.succeeded("press.example")).toBe(true);
    expect(await breakers.succeeded("press.example")).toBe(false);
  });

  it("keeps to the latest moment that its source has asked for", async () => {
    await using database = await disposable(await location());
    const breakers = createBreakers(database);
    const [soon, late] = [new Date(Date.now() + minute), new Date(Date.now() + 60 * minute)];
    for (const until of [soon, late, soon]) await breakers.asked("press.example", until, "busy");
    const held = await database.kysely.selectFrom("source_breaker").select(["open_until", "openings"]).execute();
    expect(held).toEqual([{ open_until: late, openings: 0 }]);
  });
});

async function disposable(location: string) {
  const database = await openDatabase({ location });
  return { ...database, [Symbol.asyncDispose]: database.close };
}
