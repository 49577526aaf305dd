/** Loaded before a command: writes the address of every module that it loads to the file that RECORD_MODULES names. */
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

const urls: string[] = [];
registerHooks({
  load(url, context, nextLoad) {
    urls.push(url);
    return nextLoad(url, context);
  },
});
process.on("exit", () => {
  writeFileSync(process.env["RECORD_MODULES"] ?? "", urls.join("\n"));
});
