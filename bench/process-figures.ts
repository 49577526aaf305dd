import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { openCatalog } from "../src/index.ts";
import { openSandbox } from "../src/sandbox/open-sandbox.ts";
import type { BenchedEngine } from "./databases.ts";
import { createGeneratedMusic } from "./generated-music.ts";
import type { Figure, Part } from "./report.ts";
import { median, timed } from "./statistics.ts";

const built = fileURLToPath(new URL("../dist/bin/main.js", import.meta.url));
const pinkFloyd = ["import", "artist", "--mbid", "83d91898-7763-47d7-b03b-b92132375c47", "--json"];

/** Measures how long whole processes and first openings take. Reported, not asserted: they are the machine's as well. */
export async function measureProcesses(pglite: BenchedEngine, repeats: number): Promise<Part> {
  const figures: Figure[] = [];
  const report = async (what: string, work: (turn: number) => Promise<unknown>): Promise<void> => {
    const times: number[] = [];
    for (let turn = 0; turn < repeats; turn += 1) times.push(await timed(() => work(turn)));
    figures.push({ what, measured: `${median(times).toFixed(0)} ms` });
  };
  const { pack } = createGeneratedMusic();
  const folders = await Promise.all(Array.from({ length: repeats }, () => pglite.location()));
  const open = async (database = ""): Promise<void> => (await openCatalog({ database, packs: [pack] })).close();
  await report("PGlite folder: first open, and close", (turn) => open(folders[turn]));
  await report("PGlite folder: reopen, and close", (turn) => open(folders[turn]));

  await report("node with an empty script, for comparison", () => run(["--eval", ""], {}));
  if (existsSync(built)) {
    await using sandbox = await openSandbox();
    const environment = {
      ACCESSION_DATABASE: await pglite.location(),
      ACCESSION_MUSICBRAINZ_URL: sandbox.url,
      ACCESSION_CONTACT: "bench@example.org",
    };
    await report("accession --help, built", () => run([built, "--help"], environment));
    await run([built, ...pinkFloyd], environment);
    await report("accession import artist, again, built", () => run([built, ...pinkFloyd], environment));
    await report("accession import artist --force, built", () => run([built, ...pinkFloyd, "--force"], environment));
  } else {
    figures.push({ what: "accession --help, import", measured: "skipped", note: "not built: `npm run build`" });
  }
  return {
    title: "Processes",
    method: `Wall-clock time of whole processes and of openings, medians of ${repeats}. Reported, without targets.`,
    figures,
  };
}

async function run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<void> {
  const child = spawn(process.execPath, [...args], { env: { ...process.env, ...environment }, stdio: "ignore" });
  const [code] = (await once(child, "exit")) as readonly (number | null)[];
  if (code !== 0) throw new Error(`node ${args.slice(1).join(" ")} ended with ${code}`);
}
