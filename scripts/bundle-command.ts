import { chmod, readFile, writeFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = new URL("../", import.meta.url);
const folder = new URL("dist/bin/", root);

/**
 * The packages that nearly every command loads, each with its licence. All others stay where npm has put them: they are
 * loaded where they are needed, or have files of their own beside their code.
 */
const bundled: Readonly<Record<string, string>> = {
  commander: "LICENSE",
  "fastest-levenshtein": "LICENSE.md",
  kysely: "LICENSE",
  uuid: "LICENSE.md",
  zod: "LICENSE",
};

/**
 * Writes the command to `dist/bin/`: a few files instead of some hundred, since each file that is loaded costs time.
 *
 * @throws Error where the bundler has a doubt.
 */
export async function bundleCommand(): Promise<void> {
  const build = await rolldown({
    cwd: fileURLToPath(root),
    input: "src/command/main.ts",
    platform: "node",
    tsconfig: "tsconfig.build.json",
    external: (id) => !isPath(id) && !(packageOf(id) in bundled),
    onLog(_level, { message }) {
      throw new Error(message);
    },
  });
  // Not «await using», which Node 22 does not know.
  try {
    await build.write({ dir: fileURLToPath(folder), sourcemap: true });
  } finally {
    await build.close();
  }
  await chmod(new URL("main.js", folder), 0o755);
  const licences = Object.entries(bundled).map(
    async ([name, file]) => `${name}\n\n${await readFile(new URL(`node_modules/${name}/${file}`, root), "utf8")}`,
  );
  await writeFile(new URL("LICENSES.txt", folder), (await Promise.all(licences)).join("\n\n"));
}

function isPath(id: string): boolean {
  return id.startsWith(".") || isAbsolute(id) || id.startsWith("\0");
}

/** @example packageOf("@hono/node-server/serve-static"); // "@hono/node-server" */
function packageOf(id: string): string {
  return id
    .split("/")
    .slice(0, id.startsWith("@") ? 2 : 1)
    .join("/");
}
