import { expect, it } from "vitest";
import { music } from "../../src/music/index.ts";
import { expectConsistent, readCatalogue } from "../support/catalogue-state.ts";
import { startScript } from "../support/child-script.ts";
import { describeOnDatabases } from "../support/databases.ts";

const script = new URL("scripts/load-artists.ts", import.meta.url);
const count = 1_000;
const batch = 100;

describeOnDatabases("A load that is killed", (database) => {
  it.each([
    { when: "while a batch is written", step: "written" },
    { when: "before a batch is committed", step: "projected" },
    { when: "when a batch was committed", step: "committed" },
  ])("$when has saved whole batches, and goes on: nothing is lost, and nothing is there twice", async ({ step }) => {
    const location = await database.location();
    const artistsOf = async () => {
      const rows = await readCatalogue(location);
      expectConsistent(rows, [music({})]);
      return rows.item.filter((one) => one["kind"] === "music.artist").length;
    };
    const killed = await startScript(script, [location, String(count), step, "6"]).ended();
    expect(killed.signal).toBe("SIGKILL");
    const saved = await artistsOf();
    // Four are saved at the same time on PostgreSQL, of which any may be committed or not.
    expect(saved % batch).toBe(0);
    expect(saved).toBeGreaterThan(0);
    expect(saved).toBeLessThan(count);

    const { code, stdout } = await startScript(script, [location, String(count)]).ended();
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as { status: string; done: number; counts: Record<string, number> };
    expect(result).toMatchObject({ status: "complete", done: count });
    expect(result.counts["created"]).toBe(count - saved);
    // How far it is, is noted behind the saves. Where these come one after another, the first is not gone through again;
    // where they come at once, the first may be the last.
    expect(result.counts["unchanged"]).toBeLessThan(database.name === "pglite" ? saved : saved + 1);
    expect(await artistsOf()).toBe(count);
  });
});
