import { bar, fitting } from "./bar.ts";
import { duration } from "./duration.ts";
import type { Output } from "./output.ts";

/** Shows how far a long run of many small steps has come. */
export interface LineProgress {
  /**
   * Tells that so many steps are over, what they came to, and how many of them took work: those that were over at once say
   * nothing of how long the others will take.
   */
  tell(done: number, worked: number, counts: Readonly<Record<string, number>>): void;
  /** Says something of one step, on a line of its own. */
  remark(text: string): void;
  /** Ends the line that is being written over. */
  end(): void;
}

/** Milliseconds between two looks, on a terminal and elsewhere. */
const intervals = { terminal: 200, elsewhere: 10_000 };

/**
 * Makes what shows progress, on standard error: on a terminal one line that is written over, elsewhere a line every ten
 * seconds. `#######·················· 28 % 56 of 200  found 40, created 16  1.1/s, 2 min 11 s left`.
 */
export function createLineProgress(output: Output, total: number): LineProgress {
  const begun = performance.now();
  const interval = output.canRewrite ? intervals.terminal : intervals.elsewhere;
  let shownAt = output.canRewrite ? -Infinity : begun;
  let shown = "";
  const wipe = (): void => {
    if (shown !== "") output.remark(`\r${" ".repeat(shown.length)}\r`);
    shown = "";
  };
  return {
    tell(done, worked, counts) {
      const now = performance.now();
      if (now - shownAt < interval && done < total) return;
      shownAt = now;
      const line = [bar(done, total), countsText(counts), paceText(now - begun, done, worked, total)]
        .filter((part) => part !== "")
        .join("  ");
      if (!output.canRewrite) return output.remark(`${line}\n`);
      const cut = fitting(line);
      output.remark(`\r${cut.padEnd(shown.length)}`);
      shown = cut;
    },
    remark(text) {
      wipe();
      output.remark(`${text}\n`);
    },
    end() {
      if (shown !== "") output.remark("\n");
      shown = "";
    },
  };
}

/** The counts that are not 0, in words: `found 40, not found 2`. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([name, count]) => count > 0 && name !== "pending")
    .map(([name, count]) => `${name.replaceAll("-", " ")} ${count}`)
    .join(", ");
}

function paceText(elapsed: number, done: number, worked: number, total: number): string {
  if (worked === 0 || elapsed < 1000) return "";
  const pace = worked / (elapsed / 1000);
  const left = done < total ? `, ${duration((total - done) / pace)} left` : "";
  return `${pace < 10 ? pace.toFixed(1) : Math.round(pace)}/s${left}`;
}
