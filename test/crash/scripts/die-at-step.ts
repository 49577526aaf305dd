/**
 * Imports into the catalogue at the first argument from the source at the second; the third names the import. Kills
 * itself, as nobody can prevent, when the step named by the fourth argument comes for the n-th time, the fifth.
 */
import { type CrashingImport, imports, openForCrash } from "../crashing-imports.ts";

const [, , database = "", url = "", name = "", deadly = "", last = ""] = process.argv;
let count = 0;
const catalog = await openForCrash(database, url, (step) => {
  if (step === deadly) count += 1;
  if (count === Number(last)) process.kill(process.pid, "SIGKILL");
});
await imports[name as CrashingImport](catalog);
await catalog.close();
process.stdout.write("survived\n");
