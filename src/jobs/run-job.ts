import { errorOf } from "../engine/ask.ts";
import { type BackgroundOutcome, runInBackground } from "../engine/background.ts";
import type { Engine } from "../engine/engine.ts";
import { type AccessionError, asDefect } from "../engine/errors.ts";
import type { Provider } from "../engine/provider.ts";
import { nothingSpent, type Spent } from "../engine/sessions.ts";
import { type Breakers, sourceOf } from "./breaker.ts";
import type { Gate, TakenUp } from "./gate.ts";
import type { FetchedJob } from "./job.ts";
import type { Ledger } from "./ledger.ts";
import { askedUntil, nextTry, notBefore } from "./next-try.ts";
import type { providersByName } from "./queues.ts";
import type { Settling } from "./settle.ts";

/** All that running a job takes. */
export interface JobParts {
  readonly engine: Engine;
  /** The providers by name. */
  readonly known: ReturnType<typeof providersByName>;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly breakers: Breakers;
  readonly settling: Settling;
}

/** An attempt, once it is over. */
interface Attempt {
  readonly job: FetchedJob;
  readonly provider: Provider | undefined;
  readonly taken: TakenUp & { readonly status: "taken" };
  readonly spent: Spent;
  /** Lets another job have the slot. */
  readonly release: () => void;
}

/**
 * Runs one job: unless something holds its provider back, the attempt is charged, the provider run, and the end noted. A
 * job whose worker dies on the way runs again elsewhere, its attempt spent.
 *
 * @param signal aborted when the worker is to stop, or has lost the job: the attempt is then handed back unspent.
 * @param release called once the provider has answered, and what it used up is noted.
 * @returns milliseconds for which the other jobs of the queue had better be left in it; undefined where they need not.
 * @throws AccessionError with a `database-` code where the end cannot be noted; the job is then not ended, and runs again.
 */
export async function runJob(
  parts: JobParts,
  job: FetchedJob,
  signal: AbortSignal,
  release: () => void,
): Promise<number | undefined> {
  const { engine, gate, ledger } = parts;
  const { run } = job;
  const provider = parts.known.get(run.provider)?.find((one) => one.kind.name === run.kind);
  const taken = await gate.takeUp(job, provider);
  if (taken.status === "gone") {
    await parts.settling.drop(job);
    return undefined;
  }
  if (taken.status === "held") {
    const error = { code: "held-back", message: taken.reason };
    await postpone(parts, job, notBefore(taken.until), { error });
    return taken.others;
  }
  engine.step("job-taken");
  engine.events.emit("run-started", { run, attempt: taken.attempt });
  let spent = nothingSpent;
  const outcome = await runProvider(parts, job, taken.attempt, signal, (all) => (spent = all));
  await ledger.use(run.provider, spent);
  const attempt = { job, provider, taken, spent, release };
  if (outcome) await settle(parts, attempt, outcome);
  else await handBack(parts, attempt);
  engine.step("job-ended");
  return undefined;
}

/** What the provider comes to; undefined where the attempt was broken off from outside. */
async function runProvider(
  { engine, settling }: JobParts,
  job: FetchedJob,
  attempt: number,
  signal: AbortSignal,
  onSpent: (spent: Spent) => void,
): Promise<BackgroundOutcome | undefined> {
  const { run } = job;
  const fenced = { ...engine, store: settling.fence(engine.store, job) };
  try {
    return await runInBackground(fenced, { ...run, attempt, jobId: job.id }, signal, onSpent);
  } catch (thrown) {
    // What a projection, the database, or we ourselves did wrong is no fault of the provider's, but ends its run as well,
    // and its words end in the ledger.
    const masked = engine.secrets.maskThrown(thrown);
    const error = asDefect(masked, `The run of ${run.provider} for ${run.itemId}`);
    if (error.code === "cancelled") return undefined;
    engine.log.error({ err: masked, run }, "a background run broke off");
    return { provider: run.provider, requests: 0, status: "failed", error };
  }
}

/** Gives the attempt back, for another worker to make at once. */
async function handBack(parts: JobParts, { job, taken, spent }: Attempt): Promise<void> {
  const error = { code: "held-back", message: "its worker was stopped" };
  await postpone(parts, job, new Date(), { spent, attempt: taken.attempt - 1, error });
}

async function postpone(
  { settling, engine: { events } }: JobParts,
  job: FetchedJob,
  until: Date,
  standing: Parameters<Settling["postpone"]>[2] & { readonly error: { readonly message: string } },
): Promise<void> {
  if (await settling.postpone(job, until, standing))
    events.emit("run-postponed", { run: job.run, until, reason: standing.error.message });
}

async function settle(parts: JobParts, attempt: Attempt, outcome: BackgroundOutcome): Promise<void> {
  const { engine, settling } = parts;
  const { job, spent, taken } = attempt;
  if (outcome.status === "failed") return settleFailure(parts, attempt, outcome.error);
  await noteAnswer(parts, attempt);
  // What is left is between us and the database. After a failure the next one waits, since what it has taught the breaker
  // holds for them.
  attempt.release();
  // What was contributed stands in the ledger since the transaction that saved it, and the job ended with it.
  const isOurs =
    outcome.status === "contributed" ||
    (await settling.finish(job, taken.attempt, { spent, state: outcome.status, error: errorOf(outcome) }));
  if (isOurs) engine.events.emit("run-settled", { run: job.run, outcome, dead: false });
}

async function settleFailure(parts: JobParts, attempt: Attempt, failure: AccessionError): Promise<void> {
  const { engine, settling } = parts;
  const { job, provider, taken, spent } = attempt;
  const error = { code: failure.code, message: failure.message };
  await noteFailure(parts, attempt, failure);
  // To be told to come back later is no failure of ours: it costs no attempt.
  const isThrottled = failure.code === "source-throttled";
  if (provider && failure.retryable && (isThrottled || taken.attempt < provider.job.attempts)) {
    const charged = isThrottled ? taken.attempt - 1 : taken.attempt;
    return postpone(parts, job, nextTry(provider, taken.attempt, failure), { spent, attempt: charged, error });
  }
  const dead = failure.retryable;
  const isOurs = await settling.finish(job, taken.attempt, { spent, state: dead ? "dead" : "failed", error });
  if (!isOurs) return;
  const outcome = { provider: job.run.provider, requests: spent.requests, status: "failed", error: failure } as const;
  engine.events.emit("run-settled", { run: job.run, outcome, dead });
}

async function noteAnswer({ breakers, engine }: JobParts, { provider, taken }: Attempt): Promise<void> {
  const source = provider && sourceOf(provider);
  if (source === undefined || !taken.isSuspect) return;
  if (await breakers.succeeded(source)) engine.events.emit("source-closed", { source });
}

/** A source that cannot be reached counts against its breaker; one that says when to come back is left alone until then. */
async function noteFailure(
  { breakers, engine }: JobParts,
  { provider, taken }: Attempt,
  failure: AccessionError,
): Promise<void> {
  const source = provider && sourceOf(provider);
  if (source === undefined) return;
  const { code, message } = failure;
  const until = askedUntil(failure);
  if (until) await breakers.asked(source, until, message);
  else if (code === "source-unavailable" || code === "source-timeout" || code === "source-throttled") {
    const opened = await breakers.failed(source, message, taken.probes);
    if (opened) engine.events.emit("source-opened", { source, until: opened, reason: message });
  }
}
