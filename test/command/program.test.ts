import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { commandText } from "../../src/command/command-text.ts";
import { readFault } from "../../src/command/fault-option.ts";
import { duration } from "../../src/command/output/duration.ts";
import { sandboxDocument } from "../../src/command/output/document-schema.ts";
import { printable, printableValue, shellWord } from "../../src/command/output/printable.ts";
import { maskSecrets } from "../../src/command/output/secrets.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { runCommand, startCommand } from "./run-command.ts";

// A test runs several commands, each a process of its own.
vi.setConfig({ testTimeout: 240_000 });

const recordModules = new URL("scripts/record-modules.ts", import.meta.url);
const oldNode = new URL("scripts/old-node.ts", import.meta.url);

describe("accession --help", () => {
  it("loads nothing but commander and the declarations of the commands", async () => {
    for (const args of [["--help"], ["import", "artist", "--help"], ["--version"]]) {
      const file = join(await createTemporaryFolder(), "modules");
      const end = await runCommand(args, { preload: recordModules, environment: { RECORD_MODULES: file } });
      expect(end.code).toBe(0);
      const modules = (await readFile(file, "utf8")).split("\n").filter((address) => address.startsWith("file:"));
      const packages = modules.map((address) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(address)?.[1]);
      expect([...new Set(packages.filter((name) => name !== undefined))]).toEqual(["commander"]);
      const ours = modules.map((address) => /\/src\/(.*)$/.exec(address)?.[1]).filter((path) => path !== undefined);
      expect(ours.filter((path) => !path.startsWith("command/"))).toEqual(["package-file.ts"]);
      expect(ours.filter((path) => path.startsWith("command/commands/"))).toEqual([]);
      expect(ours.length).toBeLessThan(30);
    }
  });

  it("is shown for every command", async () => {
    const end = await runCommand(["--help"]);
    for (const command of [
      "import",
      "enrich",
      "show",
      "explain",
      "search",
      "edit",
      "unlock",
      "merge",
      "forget",
      "doctor",
      "config",
      "sandbox",
    ]) {
      expect(end.stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
    }
    expect(end.stderr).toBe("");
  });
});

describe("accession", () => {
  it("says its version", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect((await runCommand(["--version"])).stdout).toBe(`${version}\n`);
  });

  it("ends with 2 and a sentence on an old Node", async () => {
    const end = await runCommand(["--help"], { preload: oldNode });
    expect(end.code).toBe(2);
    expect(end.stderr).toContain("needs Node 22.19 or newer, and this is Node 20.11.1");
    expect(end.stdout).toBe("");
  });

  it("begins to read PGlite before it loads what works with it", async () => {
    const file = join(await createTemporaryFolder(), "modules");
    const environment = { RECORD_MODULES: file, ACCESSION_DATABASE: "memory:" };
    expect((await runCommand(["search", "x"], { preload: recordModules, environment })).code).toBe(3);
    const modules = (await readFile(file, "utf8")).split("\n");
    const begins = modules.findIndex((address) => address.endsWith("/pglite-files.ts"));
    expect(modules.slice(0, begins).filter((address) => /node_modules\/(?!commander)/.test(address))).toEqual([]);
  });

  it("shows colours only where they are asked for", async () => {
    const escape = "\u001b[";
    expect((await runCommand(["config"])).stdout).not.toContain(escape);
    expect((await runCommand(["config"], { environment: { FORCE_COLOR: "1" } })).stdout).toContain(escape);
    expect((await runCommand(["config", "--no-color"], { environment: { FORCE_COLOR: "1" } })).stdout).not.toContain(
      escape,
    );
    expect((await runCommand(["config"], { environment: { NO_COLOR: "1" } })).stdout).not.toContain(escape);
  });

  it("does its work although nobody reads what it says", async () => {
    const { child, ended } = startCommand(["config"]);
    child.stdout.destroy();
    const end = await ended;
    expect([end.code, end.stderr]).toEqual([0, ""]);
  });
});

describe("accession sandbox", () => {
  it("serves until Ctrl-C", async () => {
    const { child, ended } = startCommand([
      "sandbox",
      "--json",
      "--fault",
      "503:on=/artist/x,times=1",
      "reset:on=/nowhere",
    ]);
    const [chunk] = (await child.stdout.take(1).toArray()) as [string];
    const { url } = sandboxDocument.parse(JSON.parse(chunk));
    const answer = await fetch(`${url}/artist/83d91898-7763-47d7-b03b-b92132375c47?fmt=json`);
    expect(answer.status).toBe(200);
    expect((await fetch(`${url}/artist/x?fmt=json`)).status).toBe(503);
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  });

  it("refuses a port and a fault that are none", async () => {
    expect((await runCommand(["sandbox", "--port", "99999"])).code).toBe(2);
    expect((await runCommand(["sandbox", "--fault", "plague"])).code).toBe(2);
  });
});

describe("readFault", () => {
  it("reads a status or a kind with its settings", () => {
    expect(readFault("503:retryAfter=2,times=1")).toEqual({ kind: "status", status: 503, retryAfter: "2", times: 1 });
    expect(readFault("latency:wait=500,on=/artist,every=2")).toEqual({
      kind: "latency",
      wait: 500,
      on: "/artist",
      every: 2,
    });
    expect(readFault("reset")).toEqual({ kind: "reset" });
  });

  it("refuses everything else", () => {
    for (const text of ["", "418", "plague", "reset:wait=5", "latency", "latency:wait=soon", "503:times=0"]) {
      expect(() => readFault(text), text).toThrow("is no fault");
    }
  });
});

describe("what is printed", () => {
  it("cannot steer the terminal or reorder a line", () => {
    expect(printable("a\u001b[31mb\u202ec\nd\u0085")).toBe("a\\u001b[31mb\\u202ec\\u000ad\\u0085");
    expect(printable("فيروز 宇多田 🎸 e\u0301")).toBe("فيروز 宇多田 🎸 e\u0301");
    expect(printableValue([{ name: "x\u0007" }, 1, null])).toBe("x\\u0007, 1, (none)");
  });

  it("is a command that a shell reads back", () => {
    expect(["Nirvana", "Pink Floyd", "!!!", "it's $5", ""].map(shellWord)).toEqual([
      "Nirvana",
      '"Pink Floyd"',
      "'!!!'",
      `'it'\\''s $5'`,
      '""',
    ]);
    const parts = { words: ["import", "artist"], operands: ["-x y"], flags: { match: "a:b", country: undefined } };
    expect(commandText({ database: "/my items" }, parts)).toBe(
      'accession import artist --match a:b --database "/my items" -- "-x y"',
    );
    expect(commandText({ database: "postgres://me:secret@host/db" }, parts)).not.toContain("secret");
  });

  it("tells how long something takes in two units at most", () => {
    expect([0.2, 59, 59.5, 130.2, 3599.5, 7_500].map(duration)).toEqual([
      "1 s",
      "59 s",
      "1 min 0 s",
      "2 min 11 s",
      "1 h 0 min",
      "2 h 5 min",
    ]);
  });

  it("holds no password", () => {
    expect(maskSecrets("at postgres://me:a/b@c:d@host/db?x=1&password=p and http://host:80/x")).toBe(
      "at postgres://me:***@host/db?x=1&password=*** and http://host:80/x",
    );
  });
});
