import { existsSync } from "node:fs";
import { expect, it, vi } from "vitest";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand } from "./run-command.ts";

vi.setConfig({ testTimeout: 240_000 });

const main = new URL("../../dist/bin/main.js", import.meta.url);

// npm builds on installing; who has not built since has nothing to be tested.
it.runIf(existsSync(main))("the built command makes a catalogue and opens it again", async () => {
  const environment = { ACCESSION_DATABASE: await createTemporaryFolder() };
  const search = () => runCommand(["search", "Pink Floyd", "--json"], { main, environment });
  const ends = [await search(), await search()];
  expect(ends.map((end) => end.stderr)).toEqual(["", ""]);
  expect(ends.map((end) => end.document())).toMatchObject([{ items: [] }, { items: [] }]);
});
