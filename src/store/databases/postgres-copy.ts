import type { Connection, PoolClient, Submittable } from "pg";
import { copyStatements, type Copy } from "./copy.ts";

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const copyData = 0x64;
const copyDone = Buffer.from([0x63, 0, 0, 0, 4]);

/**
 * COPYs as one query. Once the server asks for the rows of the first, those of all are sent: it takes each COPY's as it comes to
 * it. One after the other, each would be waited for twice, by a process that is busy making the next rows, and in a load the
 * server did nothing for a sixth of the time. Where a COPY fails, the server passes over what comes for those after it.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY
 */
class CopyQuery implements Submittable {
  readonly #copies: readonly Copy[];
  readonly #outcome = Promise.withResolvers<void>();
  #isSent = false;
  /** Given by pg where its connections have a `query_timeout`: calls that off. */
  callback?: () => void;

  constructor(copies: readonly Copy[]) {
    this.#copies = copies;
  }

  /** Settles when the server is ready for the next query, or with its error. */
  get ended(): Promise<void> {
    return this.#outcome.promise;
  }

  submit(connection: Connection): void {
    connection.query(copyStatements(this.#copies.map((one) => one.statement)));
  }

  handleCopyInResponse({ stream }: Connection): void {
    if (this.#isSent) return;
    this.#isSent = true;
    stream.cork();
    for (const { rows } of this.#copies) {
      const head = Buffer.alloc(5);
      head.writeUInt8(copyData);
      // The length counts itself.
      head.writeUInt32BE(rows.length + 4, 1);
      stream.write(head);
      stream.write(rows);
      stream.write(copyDone);
    }
    stream.uncork();
  }

  handleCommandComplete(): void {
    // How many rows there were, whoever made them knows.
  }

  handleReadyForQuery(): void {
    this.callback?.();
    this.#outcome.resolve();
  }

  handleError(error: Error): void {
    this.callback?.();
    this.#outcome.reject(error);
  }
}

/** Runs COPYs, all in one round trip but one. */
export async function copyToPostgres(client: PoolClient, copies: readonly Copy[]): Promise<void> {
  await client.query(new CopyQuery(copies)).ended;
}
