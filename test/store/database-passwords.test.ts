import { expect, it } from "vitest";
import { passwordsOf } from "../../src/store/database-passwords.ts";

const environment = { PGPASSWORD: "from-outside" };

it.each([
  ["postgres://me@localhost/db", ["from-outside"]],
  ["postgresql:///db?host=/run/postgresql", ["from-outside"]],
  ["postgres://me:@localhost/db?sslpassword=s%2Fl", ["s/l", "s/l", "from-outside"]],
  ["postgres://me:own%21@localhost/db", ["own%21", "own!"]],
  ["postgres://me@localhost/db?password=own", ["own", "own"]],
  ["./catalogue", []],
  ["memory:", []],
])("The passwords with which %s is opened are those that the driver takes", (location, passwords) => {
  expect(passwordsOf(location, environment)).toEqual(passwords);
  expect(passwordsOf(location, {})).not.toContain("from-outside");
});
