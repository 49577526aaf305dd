/** Whether a database's location is a PostgreSQL server; if not, it is PGlite's or none. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:/i.test(location);
}

/** The passwords in a database's location, as they stand there and decoded; none where it is no URL, of whatever sort. */
export function passwordsIn(location: string): readonly string[] {
  const url = URL.parse(location);
  const spelt = [url?.password ?? "", ...["password", "sslpassword"].map((name) => url?.searchParams.get(name) ?? "")];
  return spelt.filter((one) => one !== "").flatMap((one) => [one, decoded(one)]);
}

/** What cannot be decoded stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
