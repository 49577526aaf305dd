import { onTestFailed } from "vitest";
import { type ChildScript, startScript } from "../support/child-script.ts";
import type { WorkOrders } from "./scripts/work.ts";

const script = new URL("scripts/work.ts", import.meta.url);

/**
 * Starts a worker in a process of its own, killed after the test file if it still lives. Should the test fail, it is killed
 * at once, and what it has printed is shown. Called during a test.
 */
export function startWorker(orders: WorkOrders): ChildScript {
  const child = startScript(script, [JSON.stringify(orders)]);
  onTestFailed(async () => {
    const { code, signal, stdout, stderr } = await child.kill();
    process.stderr.write(`Worker ${child.pid} (ended by ${signal ?? `code ${code}`}) printed:\n${stdout}${stderr}\n`);
  });
  return child;
}
