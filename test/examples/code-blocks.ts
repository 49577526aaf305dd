import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** A code block of a page. */
export interface Block {
  /** Such as `docs-matching-1`. */
  readonly name: string;
  readonly code: string;
}

/** The code blocks of a page in a language. */
export async function readBlocks(page: string, language: "ts" | "sql"): Promise<readonly Block[]> {
  const text = await readFile(join(root, page), "utf8");
  const blocks = text.matchAll(new RegExp(`^\`\`\`${language}\\n(.+?)^\`\`\`$`, "gms"));
  const prefix = page.replace(/\.md$/, "").replaceAll(/[^a-z]+/gi, "-");
  return [...blocks].map((block, index) => ({ name: `${prefix}-${index + 1}`, code: block[1] ?? "" }));
}

/** Compiles TypeScript blocks as an application's own files; gives what the compiler says. */
export async function checkBlocks(blocks: readonly Block[]): Promise<string> {
  const folder = await createApplication(blocks);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  try {
    await run(process.execPath, [compiler, "-p", folder], { cwd: folder });
    return "";
  } catch (error) {
    return error instanceof Error && "stdout" in error ? String(error.stdout) : String(error);
  }
}

/**
 * Runs TypeScript blocks one after the other, in one process and in a folder of their own; gives what they printed.
 *
 * @throws Error of the process, with what it printed, where a block throws.
 */
export async function runBlocks(blocks: readonly Block[]): Promise<string> {
  const folder = await createApplication(blocks);
  const main = blocks.map((block) => `await import("./${block.name}.ts");\n`).join("");
  await writeFile(join(folder, "main.ts"), main);
  const { stdout } = await run(process.execPath, ["--conditions=accession-source", "main.ts"], { cwd: folder });
  return stdout;
}

/** An application that has this package, from its sources, and the packages that the blocks import. */
async function createApplication(blocks: readonly Block[]): Promise<string> {
  const folder = await createTemporaryFolder();
  const modules = join(folder, "node_modules");
  await mkdir(modules);
  await symlink(root, join(modules, "accession"));
  for (const name of ["@electric-sql", "@types", "kysely", "zod"]) {
    await symlink(join(root, "node_modules", name), join(modules, name));
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const configuration = { extends: join(root, "tsconfig.json"), include: ["*.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  for (const { name, code } of blocks) {
    // Blocks about work inside this repository are shown as they stand in a provider's folder.
    await writeFile(join(folder, `${name}.ts`), code.replaceAll(' from "../../../', ` from "${root}src/`));
  }
  return folder;
}
