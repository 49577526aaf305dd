/**
 * Loads so many made-up artists, the second argument, into the catalogue at the first. Kills itself, as nobody can prevent,
 * when the step named by the third argument comes for the n-th time, the fourth.
 */
import { artistLine } from "../../../bench/dump-documents.ts";
import { openCatalog } from "../../../src/index.ts";
import { artist, music } from "../../../src/music/index.ts";

const [, , database = "", count = "", deadly = "", last = ""] = process.argv;
let times = 0;
const catalog = await openCatalog({
  database,
  packs: [music({})],
  onStep(step) {
    if (step === deadly) times += 1;
    if (step === deadly && times === Number(last)) process.kill(process.pid, "SIGKILL");
  },
});

async function* lines(): AsyncGenerator<string> {
  for (let number = 0; number < Number(count); number += 1) yield artistLine(number);
}

const { status, counts, done } = await catalog.load(artist, lines(), { name: "artists", batch: 100 });
await catalog.close();
process.stdout.write(`${JSON.stringify({ status, counts, done })}\n`);
