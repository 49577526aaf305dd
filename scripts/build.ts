/**
 * Builds `dist/`: the compiled library with its declarations, the bundled command, and the seed of a PGlite folder.
 */
import { spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSeed } from "./build-seed.ts";
import { bundleCommand } from "./bundle-command.ts";

const root = new URL("../", import.meta.url);
const path = (relative: string): string => fileURLToPath(new URL(relative, root));

// The seed takes seconds to make and stays good until PGlite changes.
for (const file of globSync("dist/**/*", { cwd: path("."), withFileTypes: true })) {
  if (file.isFile() && !file.name.startsWith("seed.")) rmSync(join(file.parentPath, file.name));
}
const compilation = spawnSync(
  process.execPath,
  [path("node_modules/typescript/bin/tsc"), "-p", path("tsconfig.build.json")],
  { stdio: "inherit" },
);
if (compilation.status !== 0) process.exit(1);
await bundleCommand();
await buildSeed();
