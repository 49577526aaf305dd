import { ask, type Selection } from "./ask.ts";
import { type Course, createCourse, obstacleTo, questAbout } from "./course.ts";
import type { Engine } from "./engine.ts";
import { AccessionError } from "./errors.ts";
import type { BackgroundRun } from "./queue.ts";
import type { ProviderOutcome } from "./result.ts";
import { createSessions, type Spent } from "./sessions.ts";

/** A run that a worker has taken up. */
export interface TakenRun extends BackgroundRun {
  /** Which try this is, from 1. */
  readonly attempt: number;
  readonly jobId: string;
}

/** What a run came to. */
export type BackgroundOutcome = Exclude<ProviderOutcome, { readonly status: "queued" }>;

/** Nothing but the one provider. */
const alone: Selection = {
  isWanted: () => true,
  background: () => Promise.resolve({ enqueue: [], skipped: [] }),
};

/**
 * Runs a background provider on the item as it is now, exactly as an inline one: provide → merge → save. What it says is
 * saved together with its place in the ledger; every other outcome is left to the caller to note.
 *
 * @param onSpent told what the run has used up, however it ends.
 * @throws AccessionError `cancelled`, `projection-failed`, or one of the codes that begin with `database-`.
 */
export async function runInBackground(
  engine: Engine,
  run: TakenRun,
  signal: AbortSignal,
  onSpent: (spent: Spent) => void,
): Promise<BackgroundOutcome> {
  const about = { provider: run.provider, requests: 0 };
  const importer = engine.registry.importer(run.kind);
  const provider = importer.providers.find((one) => one.name === run.provider);
  const unasked = (reason: string): BackgroundOutcome => ({ ...about, status: "skipped", reason });
  if (!provider) return unasked(`${run.kind} has no provider "${run.provider}" any more`);
  const [stored] = await engine.store.load([run.itemId]);
  if (!stored) return unasked("the item is gone");
  if (stored.item.id !== run.itemId) return unasked(`the item was merged into ${stored.item.id}`);

  const sessions = createSessions(engine, { signal, fresh: run.fresh });
  const course = createCourse(questAbout({ engine, importer, sessions }, stored.item), stored);
  const obstacle = await obstacleTo(course, provider);
  if (obstacle !== undefined) return unasked(obstacle);
  try {
    const outcome = await ask(ofJob(course, run), provider, alone);
    if (outcome.status === "queued") throw new AccessionError("defect", `${provider.name} was queued by its own job.`);
    return outcome;
  } finally {
    onSpent(sessions.spent());
  }
}

/** The course as a job takes it: what is saved is noted as the job's, and what is not is noted by the job. */
function ofJob(course: Course, { attempt, jobId }: TakenRun): Course {
  return {
    ...course,
    save: (say, runs, enqueue) =>
      course.save(
        say,
        runs.map((one) => ({ ...one, attempt, jobId })),
        enqueue,
      ),
    note: () => Promise.resolve(),
  };
}
