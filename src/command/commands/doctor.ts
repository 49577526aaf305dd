import type { z } from "zod";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Check } from "../health/check.ts";
import { examine } from "../health/examine.ts";
import type { Invocation } from "../invocation.ts";
import type { doctorDocument } from "../output/document-schema.ts";
import { printable } from "../output/printable.ts";
import { maskSecrets } from "../output/secrets.ts";

const styles = { passed: "green", warning: "yellow", failed: "red", skipped: "dim" } as const;

/** `accession doctor`: whether everything that a command needs is there, and what to do about what is not. */
export async function doctor(invocation: Invocation, flags: { readonly online?: boolean }): Promise<ExitCode> {
  const { output } = invocation;
  const checks = (await examine(invocation, flags.online ?? false)).map((check): Check => ({
    ...check,
    detail: maskSecrets(check.detail),
  }));
  const isHealthy = checks.every((check) => check.status !== "failed");
  output.document({ status: isHealthy ? "healthy" : "unhealthy", checks } satisfies z.input<typeof doctorDocument>);
  for (const { name, status, detail, remedy } of checks) {
    output.line(`${output.paint(styles[status], status.padEnd(7))} ${name.padEnd(14)} ${printable(detail)}`);
    if (remedy !== undefined) output.line(`${" ".repeat(22)} ${remedy}`);
  }
  return isHealthy ? exitCodes.done : exitCodes.unexpected;
}
