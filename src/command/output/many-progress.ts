import type { Counts, ManyProgress } from "../../index.ts";
import { fitting, gauge } from "./bar.ts";
import { duration } from "./duration.ts";
import type { Output } from "./output.ts";

/** Shows how far an import of many is, on standard error. */
export interface ManyBar {
  /** Shows the newest state; as often as one likes. */
  show(progress: ManyProgress): void;
  /** Shows the last state, and leaves its line. */
  end(): void;
}

/** What is counted, and how far it is. */
export interface ManyBarOptions {
  /** What one of the many is called, in the plural: `documents`. */
  readonly noun: string;
  /**
   * How much is done, from 0 to 1; undefined for unknown. Default: as the counts say, where the total is known. A file knows
   * it by its bytes.
   */
  readonly share?: (() => number | undefined) | undefined;
}

/** On a terminal a line is written over, as often as the eye can follow; anywhere else lines add up. */
const pause = { terminal: 100, elsewhere: 10_000 };

/** Makes the progress bar of a command that imports many items. */
export function createManyBar(output: Output, { noun, share }: ManyBarOptions): ManyBar {
  let last: ManyProgress | undefined;
  let shownAt = output.canRewrite ? 0 : performance.now();
  let shownLength = 0;
  let told = 0;
  let begun = { at: 0, done: 0, share: 0 };

  function beginAt({ done }: ManyProgress): void {
    begun = { at: performance.now(), done, share: share?.() ?? 0 };
  }

  function write(progress: ManyProgress): void {
    shownAt = performance.now();
    const { done, total } = progress;
    const reached = share ? share() : shareOf(done, total);
    const from = share ? begun.share : (shareOf(begun.done, total) ?? 0);
    const seconds = (shownAt - begun.at) / 1000;
    const speed = (done - begun.done) / seconds;
    const left = reached === undefined ? undefined : ((1 - reached) * seconds) / (reached - from);
    const parts = [
      ...(reached === undefined ? [] : [bar(reached)]),
      [
        `${done} ${noun}`,
        ...(Number.isFinite(speed) && speed > 0
          ? [`${speed < 10 ? speed.toFixed(1) : Math.round(speed)} a second`]
          : []),
        ...(left !== undefined && Number.isFinite(left) && left > 0 ? [`${duration(left)} left`] : []),
      ].join(", "),
      `(${countsText(progress.counts)})`,
    ];
    const line = parts.join("  ");
    if (!output.canRewrite) return output.remark(`${line}\n`);
    const cut = fitting(line);
    output.remark(`\r${cut.padEnd(shownLength)}`);
    shownLength = cut.length;
  }

  return {
    show(progress) {
      last = progress;
      told += 1;
      // What an earlier run did of a file is read anew before the second report, and quickly: it says nothing of the speed.
      const isReadAnew = told === 2 && share !== undefined && begun.done > 0;
      if (told === 1 || isReadAnew) beginAt(progress);
      if (performance.now() - shownAt < (output.canRewrite ? pause.terminal : pause.elsewhere)) return;
      write(progress);
    },
    end() {
      if (!output.canRewrite || !last || shownLength === 0) return;
      write(last);
      output.remark("\n");
      last = undefined;
    },
  };
}

/** What became of the items, those of which there are any: `90 created, 2 refused`. */
export function countsText(counts: Counts): string {
  const words = ["created", "updated", "unchanged", "filtered", "refused", "gone"] as const;
  const said = words.filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`);
  return said.length === 0 ? "none yet" : said.join(", ");
}

function shareOf(done: number, total: number | undefined): number | undefined {
  return total === undefined || total === 0 ? undefined : Math.min(1, done / total);
}

function bar(share: number): string {
  return `${gauge(share)} ${Math.floor(share * 100)
    .toString()
    .padStart(3)} %`;
}
