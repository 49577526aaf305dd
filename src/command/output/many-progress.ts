import type { Counts, ManyProgress } from "../../index.ts";
import { fitting, gauge } from "./bar.ts";
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
  // What an earlier run did is passed over before the second report, and quickly: it says nothing of the speed.
  let begun = { at: 0, done: 0, share: 0 };

  const shareOf = ({ done, total }: ManyProgress): number | undefined =>
    share ? share() : total === undefined || total === 0 ? undefined : Math.min(1, done / total);

  function write(progress: ManyProgress): void {
    shownAt = performance.now();
    const reached = shareOf(progress);
    const seconds = (shownAt - begun.at) / 1000;
    const speed = (progress.done - begun.done) / seconds;
    const left = reached === undefined ? undefined : ((1 - reached) * seconds) / (reached - begun.share);
    const parts = [
      ...(reached === undefined ? [] : [bar(reached)]),
      [
        `${progress.done} ${noun}`,
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
      if (told <= 2) begun = { at: performance.now(), done: progress.done, share: shareOf(progress) ?? 0 };
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

function bar(share: number): string {
  return `${gauge(share)} ${Math.floor(share * 100)
    .toString()
    .padStart(3)} %`;
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
