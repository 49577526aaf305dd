import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { checkLanguageModel } from "../../src/command/health/language-model.ts";
import { configDocument, doctorDocument } from "../../src/command/output/document-schema.ts";
import { descriptionOptions } from "../../src/command/settings/description-options.ts";
import { readSettings } from "../../src/command/settings/read-settings.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

// Some tests run commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const key = "sk-5up3rs3cr3t";
const settingsOf = async (environment: NodeJS.ProcessEnv) =>
  (await readSettings({ flags: {}, environment, workingFolder: await createTemporaryFolder() })).settings;

describe("the settings of the language model", () => {
  it("are none where nobody sets them", async () => {
    expect(descriptionOptions(await settingsOf({}))).toEqual({});
    expect(checkLanguageModel(await settingsOf({}))).toMatchObject({ status: "skipped" });
  });

  it("name a model, a key, a server, a price and a budget", async () => {
    const settings = await settingsOf({
      ACCESSION_AI_MODEL: "llama3.2:3b",
      ACCESSION_AI_URL: "http://localhost:11434/v1",
      ACCESSION_AI_API_KEY: key,
      ACCESSION_AI_PRICE: "0.25 / 2",
      ACCESSION_AI_BUDGET: "1.50",
    });
    expect(descriptionOptions(settings)).toEqual({
      model: "llama3.2:3b",
      url: "http://localhost:11434/v1",
      apiKey: key,
      price: { input: 0.25, output: 2 },
      budget: 1.5,
    });
    const { status, detail } = checkLanguageModel(settings);
    expect(status).toBe("passed");
    expect(detail).toBe(
      "llama3.2:3b at http://localhost:11434/v1, for at most 1.5 dollars a day, and as many for judging products",
    );
  });

  it.each(["cheap", "0.25", "0.25/2/3", "-1/2", "1e9/2", "Infinity/1"])("take no price of %s", async (price) => {
    const settings = await settingsOf({ ACCESSION_AI_PRICE: price });
    expect(() => descriptionOptions(settings)).toThrow(
      expect.objectContaining({ code: "configuration-invalid" }) as Error,
    );
    expect(checkLanguageModel(settings)).toMatchObject({ status: "failed" });
  });

  it("are warned of by the doctor where a key is missing", async () => {
    expect(checkLanguageModel(await settingsOf({ ACCESSION_AI_MODEL: "openai:gpt-5-mini" }))).toMatchObject({
      status: "warning",
      detail: "openai needs a key: set ACCESSION_AI_API_KEY, or the option `apiKey`",
    });
  });

  it("are shown without the key", async () => {
    const environment = { ACCESSION_AI_MODEL: "openai:gpt-5-mini", ACCESSION_AI_API_KEY: key };
    const ends = [];
    for (const args of [["config"], ["config", "--json"], ["doctor", "--json", "--verbose"]])
      ends.push(await runCommand(args, { environment }));
    for (const { stdout, stderr } of ends) expect(stdout + stderr).not.toContain(key);
    expect(configDocument.parse(ends[1]?.document()).settings).toContainEqual(
      expect.objectContaining({ name: "aiApiKey", value: "***" }),
    );
    expect(doctorDocument.parse(ends[2]?.document()).checks).toContainEqual(
      expect.objectContaining({ name: "language model", status: "passed" }),
    );
  });
});

describe("the packages of language models", () => {
  it("are not loaded by making the music pack, whatever model it is given", async () => {
    const file = join(await createTemporaryFolder(), "modules");
    const pack = new URL("../../src/music/index.ts", import.meta.url).href;
    const program = `const { music } = await import(${JSON.stringify(pack)}); music({ description: { model: "openai:x", apiKey: "y" } });`;
    const recordModules = new URL("scripts/record-modules.ts", import.meta.url).href;
    await promisify(execFile)(process.execPath, ["--import", recordModules, "--input-type=module", "--eval", program], {
      env: { ...process.env, RECORD_MODULES: file },
    });
    const modules = await readFile(file, "utf8");
    expect(modules).toContain("/music/index.ts");
    expect(modules).not.toMatch(/node_modules\/(?:ai|@ai-sdk)\//);
  });
});
