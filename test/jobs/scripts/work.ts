/**
 * Imports the plants that its first argument lists, and works in the background until SIGTERM. Prints `working`, a line
 * for each plant that a provider is asked about, for each step of its jobs and for each event of a run, and what is logged.
 * Kills or freezes itself, as nobody can prevent, in the step that its argument names.
 */
import { inspect } from "node:util";
import { type CatalogEvents, type ImportStep, openCatalog } from "../../../src/index.ts";
import { importPlant } from "../flora.ts";
import { type Web, workedPlants } from "../worked-plants.ts";

/** What the script is told. */
export interface WorkOrders {
  readonly database: string;
  /** How high this process says that plants grow. */
  readonly metres: number;
  /** Plants to import first, each with the background provider that is enqueued for it. Default: none. */
  readonly plants?: readonly { readonly id: string; readonly provider: string }[];
  /** Providers that make requests. Default: none. */
  readonly webs?: readonly Web[];
  /** Default: all. */
  readonly providers?: readonly string[];
  /** Where to die. Default: nowhere. */
  readonly deadly?: ImportStep;
  /** Where to freeze, once, until somebody lets it go on. Default: nowhere. */
  readonly icy?: ImportStep;
}

const orders = JSON.parse(process.argv[2] ?? "") as WorkOrders;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const log = (level: string) => (fields: object, message: string) =>
  say(`${level}: ${message} ${inspect(fields, { depth: 10 })}`);
let isWorking = false;
let hasFrozen = false;
const catalog = await openCatalog({
  database: orders.database,
  packs: [workedPlants(orders.metres, (id) => say(`asked ${id}`), orders.webs)],
  log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
  onStep(step) {
    if (!isWorking) return;
    if (step === orders.deadly) process.kill(process.pid, "SIGKILL");
    say(`step ${step}`);
    if (step === orders.icy && !hasFrozen) {
      hasFrozen = true;
      process.kill(process.pid, "SIGSTOP");
    }
  },
});
for (const { id, provider } of orders.plants ?? []) await importPlant(catalog, id, [provider]);
for (const type of ["run-settled", "run-postponed"] satisfies (keyof CatalogEvents)[])
  catalog.on(type, ({ run }) => say(`${type} ${run.itemId}`));
isWorking = true;
const worker = await catalog.jobs.work(orders.providers && { providers: orders.providers });
process.once("SIGTERM", () => {
  void worker
    .close()
    .then(() => catalog.close())
    .then(() => say("closed"));
});
say("working");
