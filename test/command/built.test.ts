import { existsSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

vi.setConfig({ testTimeout: 240_000 });

const main = new URL("../../dist/bin/main.js", import.meta.url);

// npm builds on installing; who has not built since has nothing to be tested.
it.runIf(existsSync(main))("the built command makes a catalogue and opens it again", async () => {
  const environment = { ACCESSION_DATABASE: await createTemporaryFolder() };
  for (const _turn of ["new", "again"]) {
    const end = await runCommand(["search", "Pink Floyd", "--json"], { main, environment });
    expect(end.stderr).toBe("");
    expect(end.document()).toMatchObject({ items: [] });
  }
});
