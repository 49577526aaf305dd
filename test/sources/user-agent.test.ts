import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { userAgent } from "../../src/sources/user-agent.ts";

test("the user agent names the version of the package, and the contact where there is one", () => {
  expect(userAgent()).toBe(`accession/${packageJson.version}`);
  expect(userAgent("me@example.org")).toBe(`accession/${packageJson.version} ( me@example.org )`);
});
