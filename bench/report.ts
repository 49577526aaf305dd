import { cpus, totalmem } from "node:os";
import { readFile } from "node:fs/promises";
import type { BenchedEngine } from "./databases.ts";

/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What it is to be; absent for a figure that is only reported. */
  readonly target?: string | undefined;
  /** Absent for a figure that is only reported. */
  readonly met?: boolean | undefined;
  /** By how much a target is missed, or what else is to be known. */
  readonly note?: string | undefined;
}

/** A part of the bench: what it measures, how, and what came of it. */
export interface Part {
  readonly title: string;
  readonly method: string;
  readonly figures: readonly Figure[];
}

/** A ratio that must reach its target. */
export function atLeast(what: string, measured: number, target: number, note?: string): Figure {
  const met = measured >= target;
  const missed = met ? undefined : `${(target - measured).toFixed(2)} short`;
  return { what, measured: measured.toFixed(2), target: `≥ ${target}`, met, note: joined(missed, note) };
}

/** When and on what is measured, as a sentence. Each part has its own: a run of some leaves the others as they are. */
export async function circumstances(engines: readonly BenchedEngine[]): Promise<string> {
  const versions = engines.map(({ name, version }) => `${name} ${version}`).join(", ");
  const memory = `${Math.round(totalmem() / 1024 ** 3)} GiB of memory`;
  const machine = `${cpus().length} cores (${await processor()}), ${memory}`;
  const today = new Date().toISOString().slice(0, 10);
  return `Measured on ${today} on ${machine}; Node ${process.version.slice(1)}, ${versions}.`;
}

const pageHead = ["# Results of the bench", "Written by `npm run bench`; do not edit."];

/** The results as a Markdown page. */
export function page(parts: readonly Part[], measured: string): string {
  return `${[...pageHead, ...parts.map((part) => section(part, measured))].join("\n\n")}\n`;
}

/** An older page with these parts in the place of its own, and behind it those that it does not have. */
export function renewed(older: string, parts: readonly Part[], measured: string): string {
  const sections = new Map(parts.map((part) => [part.title, section(part, measured)]));
  const [, ...others] = older.trimEnd().split(/^(?=## )/m);
  const renewedOthers = others.map((one) => {
    const title = /^## (.+)$/m.exec(one)?.[1] ?? "";
    const text = sections.get(title) ?? one.trimEnd();
    sections.delete(title);
    return text;
  });
  return `${[...pageHead, ...renewedOthers, ...sections.values()].join("\n\n")}\n`;
}

function section({ title, method, figures }: Part, measured: string): string {
  const rows = figures.map(({ what, measured: value, target = "", met, note = "" }) => [
    what,
    value,
    target,
    met === undefined ? "" : met ? "yes" : "**no**",
    note,
  ]);
  return [`## ${title}`, `${method} ${measured}`, table(["What", "Measured", "Target", "Met", "Note"], rows)].join(
    "\n\n",
  );
}

/** A table as the formatter writes it: columns of one width. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The processor's name; some systems tell it only in a file of theirs. */
async function processor(): Promise<string> {
  const told = cpus()[0]?.model.trim() ?? "";
  if (told !== "" && told !== "unknown") return told;
  const file = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  return /^model name\s*:\s*(.+)$/m.exec(file)?.[1] ?? process.arch;
}

function joined(...notes: readonly (string | undefined)[]): string | undefined {
  const said = notes.filter((note) => note !== undefined);
  return said.length === 0 ? undefined : said.join("; ");
}
