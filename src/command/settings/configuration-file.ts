import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { AccessionError } from "../../engine/errors.ts";
import { noImages, type SettingName, type Settings } from "./setting.ts";

const text = z.string().trim().min(1, "must not be empty");

const contents = z.strictObject({
  database: text.optional(),
  schema: text.optional(),
  musicbrainzUrl: text.optional(),
  contact: text.optional(),
  offline: z.boolean().optional(),
  snapshots: z.boolean().optional(),
  images: text.optional(),
  coverArtArchiveUrl: text.optional(),
  amazonCredentialId: text.optional(),
  amazonCredentialSecret: text.optional(),
  amazonCredentialVersion: text.optional(),
  amazonPartnerTag: text.optional(),
  amazonMarketplace: text.optional(),
  amazonUrl: text.optional(),
  amazonTokenUrl: text.optional(),
  amazonDailyRequests: z.int().min(1).optional(),
  aiModel: text.optional(),
  aiApiKey: text.optional(),
  aiUrl: text.optional(),
  aiPrice: text.optional(),
  aiBudget: text.optional(),
});

/** What a configuration file says; what it leaves out is undefined. */
export type WrittenSettings = { readonly [Name in SettingName]?: Settings[Name] | undefined };

/**
 * Reads a configuration file. A folder in it, of the database or of images, is relative to the file.
 *
 * @returns undefined where there is no such file.
 * @throws AccessionError `configuration-invalid` for one that cannot be read, is no JSON, or says something unknown.
 */
export async function readConfigurationFile(path: string): Promise<WrittenSettings | undefined> {
  const written = await read(path);
  if (written === undefined) return undefined;
  const parsed = contents.safeParse(parseJson(path, written));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) =>
      issue.code === "unrecognized_keys"
        ? `it has no setting ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}; it has ${Object.keys(contents.shape).join(", ")}`
        : `${issue.path.join(".") || "the whole"}: ${issue.message}`,
    );
    throw invalid(path, faults.join("; "));
  }
  const { database, images, ...rest } = parsed.data;
  const besideFile = (folder: string): string => resolve(dirname(path), folder);
  return {
    ...rest,
    ...(database !== undefined && { database: database.includes(":") ? database : besideFile(database) }),
    ...(images !== undefined && { images: images === noImages ? images : besideFile(images) }),
  };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw invalid(path, error instanceof Error ? error.message : String(error), error);
  }
}

function parseJson(path: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    // Not the parser's message, which quotes the text around the fault: it may be a password.
    const position = error instanceof Error ? /line \d+ column \d+/.exec(error.message)?.[0] : undefined;
    throw invalid(path, `it is no JSON${position === undefined ? "" : ` at ${position}`}`);
  }
}

function invalid(path: string, why: string, cause?: unknown): AccessionError {
  return new AccessionError("configuration-invalid", `The configuration file ${path} cannot be used: ${why}.`, {
    cause,
  });
}
