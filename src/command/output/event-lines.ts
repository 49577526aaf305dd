import type { CatalogEvents } from "../../index.ts";
import { documentOfOutcome } from "./item-document.ts";
import type { Output } from "./output.ts";
import { printable } from "./printable.ts";

/** An event as one line of NDJSON. */
export function documentOfEvent<Type extends keyof CatalogEvents>(type: Type, event: CatalogEvents[Type]): object {
  const at = new Date().toISOString();
  if ("outcome" in event) return { type, at, ...event, outcome: documentOfOutcome(event.outcome) };
  return { type, at, ...event };
}

/** An event as one line for people. */
export function lineOfEvent<Type extends keyof CatalogEvents>(
  output: Output,
  type: Type,
  event: CatalogEvents[Type],
): string {
  const time = output.paint("dim", new Date().toISOString().slice(11, 19));
  return `${time} ${"run" in event ? `${event.run.provider} ${event.run.itemId}: ` : ""}${described(output, type, event)}`;
}

function described(output: Output, type: keyof CatalogEvents, event: CatalogEvents[keyof CatalogEvents]): string {
  if ("outcome" in event) {
    const { outcome, dead } = event;
    const color = outcome.status === "failed" ? "red" : outcome.status === "contributed" ? "green" : "yellow";
    const why =
      outcome.status === "failed"
        ? `: ${outcome.error.message}`
        : outcome.status === "skipped"
          ? `: ${outcome.reason}`
          : "";
    return output.paint(color, dead ? "dead" : outcome.status) + printable(why);
  }
  if ("attempt" in event) return event.attempt > 1 ? `begun, attempt ${event.attempt}` : "begun";
  const source = "source" in event ? `${event.source} ` : "";
  if ("until" in event) {
    const word = type === "source-opened" ? "is left alone" : "waits";
    return `${source}${output.paint("yellow", word)} until ${event.until.toISOString()}: ${printable(event.reason)}`;
  }
  return `${source}answers again`;
}
