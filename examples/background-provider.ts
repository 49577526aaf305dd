/**
 * Declares a provider that runs in the background: its job is made in the very transaction that saves the item, so it
 * cannot be lost, and a worker, here or in any other process on the database, runs it after the import has returned.
 */
import { contributed, defineImporter, definePack, defineProvider, later, openCatalog, summary } from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";

let isBusy = true;

const biography = defineProvider(artist, {
  name: "biography",
  run: "background", // this word is all that differs from an inline provider
  job: { attempts: 3, backOff: 1_000 }, // each part has a default
  async provide(sought) {
    if (isBusy) {
      isBusy = false;
      return later(1, "the biographer is asleep"); // comes back, and spends no attempt
    }
    return contributed({ attributes: { disambiguation: `a biography of ${sought.name}` } });
  },
});
const mine = definePack({ name: "mine", importers: [defineImporter({ kind: artist, providers: [biography] })] });

const sandbox = await openSandbox();
const catalog = await openCatalog({
  database: "memory:",
  packs: [music({ musicbrainz: { url: sandbox.url } }), mine],
});
catalog.on("run-postponed", ({ run, reason }) => console.log(`  ${run.provider} waits: ${reason}`));
catalog.on("run-settled", ({ run, outcome }) => console.log(`  ${run.provider} ${outcome.status}`));

// The import returns at once; the biography is a promise with a job.
const result = await catalog.import(artist, { name: "Pink Floyd" }, { providers: ["musicbrainz", "biography"] });
console.log(summary(result));
if (!("item" in result) || !result.item) throw new Error("the sandbox has Pink Floyd");

// Here the worker is in the same process; `accession work` is one in a process of its own.
const worker = await catalog.jobs.work();
for (const run of await catalog.jobs.wait(result.item.id)) {
  console.log(`  ledger: ${run.provider} ${run.state}, attempt ${run.attempt}`);
}
await worker.close();
console.log((await catalog.get(result.item.id))?.attributes.disambiguation);
await catalog.close();
await sandbox.close();
