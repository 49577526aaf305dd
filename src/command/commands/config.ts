import type { z } from "zod";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Invocation } from "../invocation.ts";
import type { configDocument } from "../output/document-schema.ts";
import { printable } from "../output/printable.ts";
import { maskSecrets } from "../output/secrets.ts";
import { type SettingDefinition, settingDefinitions } from "../settings/setting.ts";

/** `accession config`: each setting, its value and where that comes from. */
export async function config(invocation: Invocation): Promise<ExitCode> {
  const { output } = invocation;
  const { settings, origins } = await invocation.settings();
  const rows = settingDefinitions.map(({ name, flag, environment, isSecret }: SettingDefinition) => {
    const given = settings[name];
    const value = typeof given !== "string" ? given : isSecret === true ? "***" : maskSecrets(given);
    return { name, setBy: [flag, environment].filter(Boolean).join(" or "), value, ...origins[name] };
  });
  output.document({
    status: "found",
    settings: rows.map(({ name, value, from, where }) => ({
      name,
      value: value ?? null,
      from,
      ...(where !== undefined && { where }),
    })),
  } satisfies z.input<typeof configDocument>);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, setBy, value, from, where } of rows) {
    const origin = from === "default" ? `default; ${setBy} sets it` : `${from} ${where ?? ""}`;
    const shown = value === undefined ? "(not set)" : printable(String(value));
    output.line(
      `${output.paint("cyan", name.padEnd(width))} ${shown}  ${output.paint("dim", `[${printable(origin)}]`)}`,
    );
  }
  return exitCodes.done;
}
