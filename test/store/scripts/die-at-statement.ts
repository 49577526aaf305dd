/** Opens the database at the first argument and kills itself just before its n-th statement, the second argument. */
import { openDatabase } from "../../../src/store/database.ts";

const [, , location = "", last = ""] = process.argv;
let count = 0;
await openDatabase({
  location,
  onStatement: () => {
    count += 1;
    if (count === Number(last)) process.kill(process.pid, "SIGKILL");
  },
});
console.log("open");
