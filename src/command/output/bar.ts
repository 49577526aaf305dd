const width = 25;

/** A bar that is full as far as a share from 0 to 1 says. @example gauge(0.28); // "#######··················" */
export function gauge(share: number): string {
  return "#".repeat(Math.floor(share * width)).padEnd(width, "·");
}

/** As much of a line as fits a terminal: one that wraps could not be written over. */
export function fitting(line: string): string {
  return line.slice(0, (process.stderr.columns || 80) - 1);
}

/** How many of how many are done. @example bar(56, 200); // "#######·················· 28 % 56 of 200" */
export function bar(done: number, total: number): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return `${gauge(percent / 100)} ${percent} % ${done} of ${total}`;
}
