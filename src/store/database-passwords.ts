import { isPostgresUrl, passwordsIn } from "./postgres-url.ts";

/**
 * The passwords with which a database is opened, and which nobody may read: those in its location, and the variable
 * `PGPASSWORD` where the driver takes that one, which is for a PostgreSQL URL without a password. What `.pgpass` holds is not
 * known here.
 */
export function passwordsOf(location: string, environment: NodeJS.ProcessEnv): readonly string[] {
  const { PGPASSWORD: password = "" } = environment;
  const url = URL.parse(location);
  const hasOwn = Boolean(url?.searchParams.get("password") || url?.password);
  const isTaken = isPostgresUrl(location) && !hasOwn && password !== "";
  return [...passwordsIn(location), ...(isTaken ? [password] : [])];
}
