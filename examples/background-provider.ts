/**
 * Declares a provider that runs in the background. Its run is recorded in the very transaction that saves the item, so
 * it cannot be lost. Executing recorded runs is not part of this version: see "Status" in the README.
 */
import {
  contributed,
  defineImporter,
  definePack,
  defineProvider,
  openCatalog,
  type RunQueue,
  summary,
} from "accession";
import { artist, music } from "accession/music";
import { openSandbox } from "accession/testing";

const biography = defineProvider(artist, {
  name: "biography",
  run: "background", // this word is all that differs from an inline provider
  async provide(sought) {
    // Slow work would be done here: the same function serves both ways of running.
    return contributed({ attributes: { disambiguation: `a biography of ${sought.name}` } });
  },
});
const mine = definePack({ name: "mine", importers: [defineImporter({ kind: artist, providers: [biography] })] });

const sandbox = await openSandbox();
const packs = [music({ musicbrainz: { url: sandbox.url } }), mine];
const catalog = await openCatalog({ database: "memory:", packs });

const result = await catalog.import(artist, { name: "Pink Floyd" });
console.log(summary(result));
for (const outcome of result.providers) console.log(`  result: ${outcome.provider} ${outcome.status}`);
if ("item" in result && result.item) {
  const { runs } = await catalog.explain(result.item);
  for (const run of runs) console.log(`  ledger: ${run.provider} ${run.state}, ${run.requests} requests`);
}

// A queued provider has settled: the item is complete, and nothing is queued twice.
console.log(summary(await catalog.import(artist, { name: "Pink Floyd" })));
await catalog.close();

// A queue of the application's own is told inside the saving transaction, and gives back the id of each job.
const queue: RunQueue = {
  async enqueue(_transaction, runs) {
    for (const { kind, provider } of runs) console.log(`enqueued: ${provider} of a ${kind}`);
    return runs.map((_run, index) => `job-${index + 1}`);
  },
};
const queued = await openCatalog({ database: "memory:", packs, queue });
const { providers } = await queued.import(artist, { name: "Björk" });
for (const one of providers) if (one.status === "queued") console.log(`  ${one.provider} is job ${one.jobId}`);
await queued.close();
await sandbox.close();
