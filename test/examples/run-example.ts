import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = new URL("../../", import.meta.url);

/**
 * Runs an example in a process of its own, against the sources rather than the last build, and gives what it printed.
 *
 * @throws Error with all that it printed, where it fails.
 */
export async function runExample(name: string, args: readonly string[] = []): Promise<readonly string[]> {
  const file = fileURLToPath(new URL(`examples/${name}.ts`, root));
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--conditions=accession-source", file, ...args],
    { cwd: root },
  );
  if (stderr !== "") throw new Error(`${name} printed to its standard error: ${stderr}`);
  return stdout.trimEnd().split("\n");
}
