import { startScript } from "../support/child-script.ts";
import type { Orders, Outcome } from "./scripts/import-when-told.ts";

const script = new URL("scripts/import-when-told.ts", import.meta.url);

/** Runs one process for each list of orders; all wait until the last is ready, then start at once. */
export async function importInProcesses(orders: readonly Orders[]): Promise<readonly (readonly Outcome[])[]> {
  const processes = orders.map((order) => startScript(script, [JSON.stringify(order)]));
  await Promise.all(processes.map((one) => one.printed("ready\n")));
  for (const one of processes) one.stdin.write("go\n");
  const ends = await Promise.all(processes.map((one) => one.ended()));
  return ends.map(({ code, stdout, stderr }) => {
    if (code !== 0) throw new Error(`A process of the race ended badly:\n${stdout}${stderr}`);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as readonly Outcome[];
  });
}
