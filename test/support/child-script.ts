import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** How a script ended. */
export interface ScriptEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A TypeScript file that runs in a process of its own. */
export interface ChildScript {
  readonly pid: number;
  /** What it reads from its standard input. */
  readonly stdin: ChildProcessWithoutNullStreams["stdin"];
  /** Resolves once its standard output holds `text`; fails, with all that it printed, when it ends without. */
  printed(text: string): Promise<void>;
  /** Resolves when it has ended. */
  ended(): Promise<ScriptEnd>;
  /** Ends it by SIGKILL, of which it learns nothing, and resolves when it is gone. */
  kill(): Promise<ScriptEnd>;
}

const running = new Set<ChildScript>();
afterAll(async () => {
  for (const script of running) await script.kill();
});

/** Starts a TypeScript file with the Node that runs the tests. Ended, if it has not by itself, after the test file. */
export function startScript(
  script: URL,
  args: readonly string[] = [],
  environment: NodeJS.ProcessEnv = {},
): ChildScript {
  const child = spawn(process.execPath, [fileURLToPath(script), ...args], {
    env: { ...process.env, ...environment },
    stdio: "pipe",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  // One that was killed no longer reads.
  child.stdin.on("error", () => undefined);
  const end = once(child, "close").then((): ScriptEnd => {
    running.delete(started);
    return { code: child.exitCode, signal: child.signalCode, stdout, stderr };
  });
  const started: ChildScript = {
    pid: child.pid ?? 0,
    stdin: child.stdin,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stdout.includes(text)) resolve();
        };
        look();
        child.stdout.on("data", look);
        child.once("close", () => {
          look();
          reject(new Error(`The script ended without printing ${JSON.stringify(text)}:\n${stdout}${stderr}`));
        });
      }),
    ended: () => end,
    kill: () => {
      child.kill("SIGKILL");
      return end;
    },
  };
  running.add(started);
  return started;
}
