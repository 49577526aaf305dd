/**
 * Imports all releases of the album at the third argument into the catalogue at the first from the source at the second, and
 * prints the result. Kills itself, as nobody can prevent, when the step named by the fourth argument comes for the n-th
 * time, the fifth. With `AT_ONCE` in its environment, it prints `ready` as soon as its catalogue is open, and begins when a
 * line comes in.
 */
import { once } from "node:events";
import { openCatalog } from "../../../src/index.ts";
import { music, release } from "../../../src/music/index.ts";

const [, , database = "", url = "", musicbrainzId = "", deadly = "", last = ""] = process.argv;
let count = 0;
const catalog = await openCatalog({
  database,
  packs: [music({ musicbrainz: { url } })],
  onStep(step) {
    if (step === deadly) count += 1;
    if (step === deadly && count === Number(last)) process.kill(process.pid, "SIGKILL");
  },
});
if (process.env["AT_ONCE"] !== undefined) {
  process.stdout.write("ready\n");
  await once(process.stdin, "data");
  process.stdin.destroy();
}
const { status, counts, done, requests } = await catalog.importMany(release, { album: { musicbrainzId } });
await catalog.close();
process.stdout.write(`${JSON.stringify({ status, counts, done, requests })}\n`);
