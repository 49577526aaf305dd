import { expect, it } from "vitest";
import { startScript } from "../support/child-script.ts";

const makeStatements = new URL("scripts/make-statements.ts", import.meta.url);

/** Bytes that V8 took at most for each function of PGlite that it optimised. */
async function optimising(lifetime: "brief" | "long"): Promise<readonly number[]> {
  const { stdout } = await startScript(makeStatements, [lifetime]).ended();
  expect(stdout).toContain("closed");
  const compiled = [...stdout.matchAll(/^Compiled function (\w+)#\d+ using (\w+), took \d+ ms and (\d+)/gm)];
  // Node has WebAssembly of its own, for TypeScript.
  const byModule = Map.groupBy(compiled, ([, module]) => module);
  const [pglite = []] = [...byModule.values()].toSorted((one, other) => other.length - one.length);
  expect(pglite.length).toBeGreaterThan(1_000);
  return pglite.filter(([, , compiler]) => compiler === "TurboFan").map(([, , , bytes]) => Number(bytes));
}

it("PGlite is optimised, but for what would take more memory than all else", async () => {
  const bytes = await optimising("long");
  expect(bytes.length).toBeGreaterThan(50);
  expect(Math.max(...bytes)).toBeLessThan(30e6);
});

it("PGlite is not optimised where there is little to do", async () => {
  expect(await optimising("brief")).toEqual([]);
});
