import { z } from "zod";
import { AccessionError, asDefect } from "../engine/errors.ts";

const connectionCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT", // the socket file of a local server that does not run
  "53300", // too many connections
]);
// Class 08: connection exception. 57P01…57P05, 25P03: the server shuts down, crashed, starts up, or ended the session.
const connectionClass = /^(08...|57P0[1-5]|25P03)$/;
// Losing a connection is the only thing that pg says without a code.
const connectionMessage =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/i;
// Class 28: the server refuses who we say that we are. 3D000: it has no such database.
const settingClass = /^(28...|3D000)$/;
const retryable = new Set(["40001", "40P01"]); // serialization failure, deadlock

/** What no driver throws: a mistake of ours, or a row of another shape than the one we know. */
const bugs = [TypeError, RangeError, ReferenceError, z.core.$ZodError];

/**
 * What a driver threw, as the error that this project speaks: `database-unavailable` (retryable) where the connection
 * failed, `configuration-invalid` where the server does not know the user or database, else `database-failed`
 * (retryable after a deadlock or serialization failure). The text holds PostgreSQL's own message and code, and none of
 * the statement's values. What is no driver's error is a `defect`. An
 * {@link AccessionError} comes back as it is.
 */
export function asDatabaseError(thrown: unknown): AccessionError {
  if (thrown instanceof AccessionError) return thrown;
  if (bugs.some((bug) => thrown instanceof bug)) return asDefect(thrown, "A save");
  const code = databaseErrorCode(thrown);
  const text = describe(thrown, code);
  const cause = thrown;
  if (
    code === undefined
      ? connectionMessage.test(messageOf(thrown))
      : connectionCodes.has(code) || connectionClass.test(code)
  ) {
    return new AccessionError("database-unavailable", `The database cannot be reached: ${text}`, {
      cause,
      retryable: true,
    });
  }
  if (code !== undefined && settingClass.test(code)) {
    return new AccessionError("configuration-invalid", `The database refused the connection: ${text}`, { cause });
  }
  return new AccessionError("database-failed", `The database refused a statement: ${text}`, {
    cause,
    retryable: code !== undefined && retryable.has(code),
  });
}

/** What the database answers. @throws AccessionError as {@link asDatabaseError} for whatever it throws instead. */
export async function asked<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (thrown) {
    throw asDatabaseError(thrown);
  }
}

/** How often a transaction that the database undid for another's sake is run again. */
const attempts = 6;

/**
 * Runs a transaction, and runs it again where the database undid it for another's sake (a deadlock); so it must be
 * repeatable. It is told which attempt this is, from 1.
 *
 * @throws AccessionError as {@link asDatabaseError}.
 */
export async function repeatUndone<Result>(transact: (attempt: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact(attempt);
    } catch (thrown) {
      const error = asDatabaseError(thrown);
      if (error.code !== "database-failed" || !error.retryable || attempt >= attempts) throw error;
    }
  }
}

/** The SQLSTATE or system error code of what a driver threw, its cause's where it has none; undefined without any. */
export function databaseErrorCode(thrown: unknown): string | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  return "cause" in thrown ? databaseErrorCode(thrown.cause) : undefined;
}

function describe(thrown: unknown, code: string | undefined): string {
  let message = messageOf(thrown);
  // Class 22, data exception, quotes the offending value at the end: `invalid input syntax for type uuid: "…"`.
  if (code?.startsWith("22")) message = message.replace(/[:\s]*".*$/s, "");
  return code === undefined || message.includes(code) ? message : `${message} (${code})`;
}

function messageOf(thrown: unknown): string {
  // A host with several addresses fails with one error per address, and an empty message of its own.
  if (thrown instanceof AggregateError && thrown.message === "") return thrown.errors.map(messageOf).join("; ");
  return thrown instanceof Error ? thrown.message : String(thrown);
}
