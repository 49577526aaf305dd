import type { ImportProgress, ProviderOutcome } from "../../index.ts";
import type { Output } from "./output.ts";
import { counted, printable } from "./printable.ts";

/**
 * Makes what shows an import's progress: one line per provider on standard error,
 * `musicbrainz … contributed, 2 requests, 0.4 s`.
 */
export function createProgress(output: Output): (progress: ImportProgress) => void {
  let asked = performance.now();
  return (progress) => {
    if (progress.type === "asking") {
      asked = performance.now();
      if (output.canRewrite) output.remark(`${progress.provider} …`);
      return;
    }
    const { outcome } = progress;
    const seconds = ((performance.now() - asked) / 1000).toFixed(1);
    const said = `${outcome.provider} … ${described(output, outcome)}, ${counted(outcome.requests, "request")}, ${seconds} s\n`;
    output.remark(output.canRewrite ? `\r${said}` : said);
  };
}

function described(output: Output, outcome: ProviderOutcome): string {
  switch (outcome.status) {
    case "contributed":
    case "queued":
      return output.paintRemark("green", outcome.status);
    case "not-found":
      return output.paintRemark("yellow", "not found");
    case "ambiguous":
      return output.paintRemark("yellow", `ambiguous between ${outcome.candidates.length} candidates`);
    case "skipped":
      return output.paintRemark("yellow", `skipped (${printable(outcome.reason)})`);
    case "failed":
      return output.paintRemark("red", `failed (${outcome.error.code})`);
  }
}
