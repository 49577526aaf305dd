/** Opens the database at the first argument, says so, and holds it until its standard input ends. */
import { once } from "node:events";
import { openDatabase } from "../../../src/store/database.ts";

const [, , location = ""] = process.argv;
const database = await openDatabase({ location });
console.log("open");
await once(process.stdin.resume(), "end");
await database.close();
console.log("closed");
