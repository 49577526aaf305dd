#!/usr/bin/env node
/**
 * The command `accession`. Everything beyond the check of Node's version is imported afterwards, so that an older Node
 * answers with a sentence instead of a syntax error.
 */
import module from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `accession needs Node 22.19 or newer, and this is Node ${process.versions.node}. Nothing was done.\n` +
      "Install a newer one from https://nodejs.org, or run the one of this project: npx node dist/bin/main.js\n",
  );
  process.exit(2);
}

// Compiled code is kept between runs, which halves the time that a command takes to begin.
module.enableCompileCache();
const { runProgram } = await import("./program.ts");
await runProgram(process.argv);
