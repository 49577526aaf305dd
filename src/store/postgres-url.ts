/** Whether a database's location is a PostgreSQL server; if not, it is PGlite's or none. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:/i.test(location);
}
