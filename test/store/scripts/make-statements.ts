/**
 * Opens a database in memory, as a process of the lifetime that is the first argument, and makes three hundred statements. V8
 * prints what it compiles of PGlite, and optimises at once whatever it takes to be worth it.
 */
import v8 from "node:v8";
import { sql } from "kysely";

v8.setFlagsFromString("--trace-wasm-compilation-times");
v8.setFlagsFromString("--wasm-sync-tier-up");
const { openDatabase } = await import("../../../src/store/database.ts");
const { prefetchPgliteFiles } = await import("../../../src/store/databases/pglite-files.ts");

const [, , lifetime] = process.argv;
prefetchPgliteFiles(lifetime === "brief" ? "brief" : "long");
const { kysely, close } = await openDatabase({ location: "memory:" });
for (let count = 0; count < 300; count += 1) await sql`select ${count}::integer`.execute(kysely);
await close();
console.log("closed");
