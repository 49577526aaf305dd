import { fromPglite, PgBoss } from "pg-boss";
import type { Log } from "../engine/log.ts";
import type { Database } from "../store/database.ts";

/** What an instance of pg-boss is for: to send jobs, or to run them and look after those of others. */
export type BossRole = "sender" | "worker";

/** The schema of pg-boss's own tables, beside the catalogue's. */
export function jobsSchema(database: Pick<Database, "schema">): string {
  return `${database.schema}_jobs`;
}

/**
 * Starts pg-boss on the catalogue's own database, making its tables where there are none.
 *
 * A sender looks after nothing, so that a short-lived command is over at once. A worker looks every 10 seconds for jobs
 * whose worker has died: with the default minute, they would wait for it.
 *
 * @param onJobs told by a worker's database that there may be new jobs: in which queue, or undefined where any may have
 * them, because the connection that tells was away for a while.
 */
export async function openBoss(
  database: Database,
  log: Log,
  role: BossRole,
  onJobs?: (queue: string | undefined) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    ...connectionOf(database),
    schema: jobsSchema(database),
    schedule: false,
    persistWarnings: false,
    monitorVacuum: false,
    reindex: false,
    ...(role === "sender"
      ? { supervise: false, registerInstance: false }
      : { supervise: true, superviseIntervalSeconds: 10, monitorIntervalSeconds: 10, useListenNotify: true }),
  });
  // Unheard, they would end the process. What matters of them comes back as a job that runs again. A driver's error may
  // hold its client, and with it all that it knows of the server.
  boss.on("error", ({ message, stack }: Error) => log.warn({ err: { message, stack } }, "the job queue has trouble"));
  boss.on("warning", (warning) => log.debug({ warning }, "the job queue warns"));
  if (onJobs) tellOfJobs(boss, onJobs);
  await boss.start();
  return boss;
}

/** pg-boss listens for new jobs, and stays at it when the connection is lost, but tells none other than its own workers. */
function tellOfJobs(boss: PgBoss, onJobs: (queue: string | undefined) => void): void {
  const db = boss.getDb();
  const listen = db.listen?.bind(db);
  if (!listen) return;
  db.listen = (channel, onNotification, onReconnect) =>
    listen(
      channel,
      (queue) => {
        onNotification(queue);
        onJobs(queue);
      },
      () => {
        onReconnect();
        onJobs(undefined);
      },
    );
}

function connectionOf({ driver }: Database) {
  switch (driver.engine) {
    case "pglite":
      return { backend: "pglite" as const, db: fromPglite(driver.pglite) };
    case "postgres":
      return { connectionString: driver.url, application_name: "accession jobs", max: 4 };
  }
}
