import { type BackgroundResult, runInBackground } from "../engine/background.ts";
import type { Engine } from "../engine/engine.ts";
import { AccessionError, asDefect } from "../engine/errors.ts";
import type { Provider } from "../engine/provider.ts";
import { nothingSpent, type Spent } from "../engine/sessions.ts";
import type { RunState } from "../engine/store.ts";
import type { Breakers } from "./breaker.ts";
import type { createGate } from "./gate.ts";
import type { FetchedJob } from "./job.ts";
import type { Ledger } from "./ledger.ts";
import type { Settling } from "./settle.ts";

/** All that running a job takes. */
export interface JobParts {
  readonly engine: Engine;
  readonly ledger: Ledger;
  readonly gate: ReturnType<typeof createGate>;
  readonly breakers: Breakers;
  readonly settling: Settling;
}

/** An attempt under way. */
interface Attempt {
  readonly job: FetchedJob;
  readonly provider: Provider | undefined;
  /** Which it is, from 1. */
  readonly attempt: number;
  readonly startedAt: string;
}

/**
 * Runs one job: unless something holds its provider back, the attempt is charged, the provider run, and the end noted. A
 * job whose worker dies on the way runs again elsewhere, its attempt spent; what it had saved already stays, and saving it
 * again changes nothing.
 *
 * @param signal aborted when the worker is to stop, or has lost the job: the attempt is then handed back unspent.
 * @throws AccessionError with a `database-` code; the job is then not ended, and runs again.
 */
export async function runJob(parts: JobParts, job: FetchedJob, signal: AbortSignal): Promise<void> {
  const { engine, gate, ledger, settling } = parts;
  const { run } = job;
  const provider = engine.registry.importer(run.kind).providers.find((one) => one.name === run.provider);
  const hold = provider && (await gate.hold(provider));
  if (hold) {
    const until = spread(hold.until);
    await settling.postpone(job, { until, reason: hold.reason });
    engine.events.emit("run-postponed", { run, until, reason: hold.reason });
    return;
  }
  const attempt = await ledger.takeUp(run, job.id);
  if (attempt === undefined) return;
  engine.events.emit("run-started", { run, attempt });
  const begun = { job, provider, attempt, startedAt: new Date().toISOString() };
  try {
    const result = await runInBackground(engine, { ...run, attempt, jobId: job.id }, signal);
    await ledger.use(run.provider, result.spent);
    await settle(parts, begun, result);
  } catch (thrown) {
    if (signal.aborted) return handBack(parts, begun);
    if (thrown instanceof AccessionError && thrown.code.startsWith("database-")) throw thrown;
    // What a projection, or we ourselves, did wrong is no fault of the provider's, but ends its run all the same.
    const error = asDefect(thrown, `The run of ${run.provider} for ${run.itemId}`);
    engine.log.error({ err: thrown, run }, "a background run broke off");
    await settle(parts, begun, {
      outcome: { provider: run.provider, requests: 0, status: "failed", error },
      spent: nothingSpent,
    });
  }
}

/** Gives the attempt back, for another worker to make at once. */
async function handBack({ settling, engine }: JobParts, { job, attempt }: Attempt): Promise<void> {
  const reason = "its worker was stopped";
  const until = new Date();
  await settling.postpone(job, { until, reason, attempt: attempt - 1 });
  engine.events.emit("run-postponed", { run: job.run, until, reason });
}

async function settle(parts: JobParts, begun: Attempt, { outcome, spent }: BackgroundResult): Promise<void> {
  const { engine } = parts;
  const { run } = begun.job;
  if (outcome.status === "failed") return settleFailure(parts, begun, outcome.error, spent);
  await noteAnswer(parts, begun.provider);
  // What was contributed stands in the ledger since the transaction that saved it.
  if (outcome.status !== "contributed") {
    const why = outcome.status === "skipped" ? { code: "skipped", message: outcome.reason } : undefined;
    await finish(parts, begun, outcome.status, spent, why);
  }
  engine.events.emit("run-settled", { run, outcome, dead: false });
}

async function settleFailure(parts: JobParts, begun: Attempt, failure: AccessionError, spent: Spent): Promise<void> {
  const { engine, settling } = parts;
  const { job, provider, attempt } = begun;
  const error = { code: failure.code, message: failure.message };
  await noteFailure(parts, provider, failure);
  // To be told to come back later is no failure of ours: it costs no attempt.
  const isThrottled = failure.code === "source-throttled";
  if (provider && failure.retryable && (isThrottled || attempt < provider.job.attempts)) {
    const until =
      isThrottled && failure.retryAfter !== undefined ? spread(after(failure.retryAfter)) : next(provider, attempt);
    const charged = isThrottled ? attempt - 1 : attempt;
    await settling.postpone(job, { until, reason: failure.message, attempt: charged, error });
    engine.events.emit("run-postponed", { run: job.run, until, reason: failure.message });
    return;
  }
  const dead = failure.retryable;
  await finish(parts, begun, dead ? "dead" : "failed", spent, error);
  const outcome = { provider: job.run.provider, requests: spent.requests, status: "failed", error: failure } as const;
  engine.events.emit("run-settled", { run: job.run, outcome, dead });
}

async function finish(
  { settling }: JobParts,
  { job, attempt, startedAt }: Attempt,
  state: RunState,
  spent: Spent,
  error: { readonly code: string; readonly message: string } | undefined,
): Promise<void> {
  const finishedAt = new Date().toISOString();
  await settling.finish(job, { provider: job.run.provider, state, attempt, error, ...spent, startedAt, finishedAt });
}

async function noteAnswer({ breakers, engine }: JobParts, provider: Provider | undefined): Promise<void> {
  const source = provider?.source?.name;
  if (source !== undefined && (await breakers.succeeded(source))) engine.events.emit("source-closed", { source });
}

/** A source that cannot be reached counts against its breaker; one that says when to come back is left alone until then. */
async function noteFailure(
  { breakers, engine }: JobParts,
  provider: Provider | undefined,
  { code, message, retryAfter }: AccessionError,
): Promise<void> {
  const source = provider?.source?.name;
  if (source === undefined) return;
  if (code === "source-throttled" && retryAfter !== undefined) {
    await breakers.asked(source, after(retryAfter), message);
  } else if (code === "source-unavailable" || code === "source-timeout" || code === "source-throttled") {
    const until = await breakers.failed(source, message);
    if (until) engine.events.emit("source-opened", { source, until, reason: message });
  }
}

function after(milliseconds: number): Date {
  return new Date(Date.now() + milliseconds);
}

/** A little later, each job by something else, so that those who wait for one moment do not all come in it. */
function spread(moment: Date): Date {
  const wait = Math.max(0, moment.getTime() - Date.now());
  return new Date(moment.getTime() + Math.random() * Math.min(30_000, 500 + wait / 5));
}

/** When a failed run is tried again: each time after twice as long, half of it left to chance. */
function next({ job: { backOff, longestBackOff } }: Provider, attempt: number): Date {
  const wait = Math.min(longestBackOff, backOff * 2 ** (attempt - 1));
  return after(wait / 2 + (Math.random() * wait) / 2);
}
