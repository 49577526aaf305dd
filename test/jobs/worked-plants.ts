import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import {
  createHttpSource,
  notFound,
  type ImportStep,
  type JobPolicy,
  type Pack,
  type Provider,
  defineProvider,
} from "../../src/index.ts";
import { plant } from "../support/spoken-provider.ts";
import { enrichedPlants, height } from "./flora.ts";

/** The steps of a job that contributes, in order; it ends for good with "committed". */
export const jobSteps = [
  "job-taken",
  "matched",
  "provided",
  "transaction-begun",
  "identities-claimed",
  "written",
  "projected",
  "committed",
  "job-ended",
] as const satisfies readonly ImportStep[];

/** A provider that makes one request for each plant, which goes as it goes: only the job tries again. */
export interface Web {
  readonly name: string;
  readonly url: string;
  /** Milliseconds between two requests, over all processes. */
  readonly interval: number;
}

function webProvider({ name, url, interval }: Web, metres: number): Provider<typeof plant> {
  const source = createHttpSource({ name, baseUrl: url, interval, attempts: 1, userAgent: "AccessionTest/1.0" });
  return defineProvider(plant, {
    name,
    run: "background",
    source,
    job: { attempts: 20, backOff: 10 },
    async provide(sought, { client }) {
      const id = encodeURIComponent(sought.identifier("flora.plant") ?? "");
      await client.getJson(`/artist?query=${id}&fmt=json`, z.looseObject({}));
      return height(metres);
    },
  }) as Provider<typeof plant>;
}

/** The provider whose job for the plant of the same name is killed at a step. */
export function deadlyAt(step: ImportStep): string {
  return `at-${step}`;
}

/** What a plant's provider in a worker of a process of its own does, by the first word of the plant's id. */
const behaviours: Readonly<Record<string, (signal: AbortSignal) => Promise<void>>> = {
  /** Kills its worker, as nobody can prevent. */
  poison: async () => {
    process.kill(process.pid, "SIGKILL");
    await pause(60_000);
  },
  /** Takes half a second. */
  short: () => pause(500),
  /** Takes three seconds, whatever it is told. */
  slow: () => pause(3_000),
  /** Takes ten minutes, and heeds its signal. */
  long: async (signal) => {
    await pause(600_000, undefined, { signal });
  },
};

/**
 * The plants of the tests in which processes die; test and script open the same.
 *
 * @param metres how high this process says that they grow.
 * @param onAsked told of each plant that a provider is asked about.
 * @param webs providers that make one request for each plant. Default: none.
 */
export function workedPlants(
  metres: number,
  onAsked: (id: string) => void = () => undefined,
  webs: readonly Web[] = [],
): Pack {
  const make = (name: string, job: Partial<JobPolicy> = {}): Provider<typeof plant> =>
    defineProvider(plant, {
      name,
      run: "background",
      job: { backOff: 10, ...job },
      async provide(sought, { signal }) {
        const id = sought.identifier("flora.plant") ?? "";
        onAsked(id);
        await behaviours[id.split(" ")[0] ?? ""]?.(signal);
        return id === "unknown" ? notFound : height(metres);
      },
    });
  return enrichedPlants([
    ...jobSteps.map((step) => make(deadlyAt(step))),
    make(deadlyAt("run-ended")),
    make("archive"),
    make("risky", { concurrency: 1, attempts: 20 }),
    ...webs.map((web) => webProvider(web, metres)),
  ]);
}
