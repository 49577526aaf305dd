import type { Output } from "./output.ts";

/** How a run ended that could go on. */
export interface Unfinished {
  /** Whether somebody broke it off, rather than that something went wrong. */
  readonly isBrokenOff: boolean;
  readonly dryRun?: boolean | undefined;
  /** The command line that goes on; undefined where nothing can be gone on with. */
  readonly resume: string | undefined;
}

/** Says of a run that is not finished what is safe, and how to go on. */
export function tellUnfinished(output: Output, { isBrokenOff, dryRun = false, resume }: Unfinished): void {
  const broken = isBrokenOff ? "Broken off. " : "";
  const safe = dryRun ? "A dry run: nothing was stored." : "What was saved stays saved.";
  const onward = resume === undefined ? "" : ` This goes on from here:\n  ${resume}`;
  output.remark(`${broken}${safe}${onward}\n`);
}
