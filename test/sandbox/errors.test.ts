import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { ask, ids } from "./ask.ts";
import type { ErrorBody } from "./ask.ts";

const help = "For usage, please see: https://musicbrainz.org/development/mmd";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

describe("the sandbox refuses", () => {
  test.each([
    ["an unknown identifier", "/artist/00000000-1111-2222-3333-444444444444", {}, 404, "Not Found"],
    ["an unknown path", "/nonsense", {}, 404, "Not Found"],
    ["an identifier that is none", "/artist/nirvana", {}, 400, "Invalid mbid."],
    ["an identifier that is none, of a release group", "/release-group/7", {}, 400, "Invalid mbid."],
    [
      "an unknown inc value",
      `/artist/${ids.pinkFloyd}`,
      { inc: "foobar" },
      400,
      "foobar is not a valid inc parameter for the artist resource.",
    ],
    [
      "an inc value that needs another one",
      `/artist/${ids.pinkFloyd}`,
      { inc: "media" },
      400,
      "media is not a valid option for the inc parameter for the artist resource " +
        "unless you specify one of the following other inc parameters: releases",
    ],
    [
      "aliases while browsing",
      "/release-group",
      { artist: ids.pinkFloyd, inc: "aliases" },
      400,
      "aliases is not a valid inc parameter for the release-group resource.",
    ],
    [
      "an inc value of a signed-in user",
      `/artist/${ids.pinkFloyd}`,
      { inc: "user-tags" },
      401,
      "You are not authorized to access this resource.",
    ],
    [
      "an unknown type",
      "/release-group",
      { artist: ids.pinkFloyd, type: "album|tape" },
      400,
      "tape is not a recognized release-group type.",
    ],
    [
      "a status without releases",
      `/release-group/${ids.darkSide}`,
      { status: "official" },
      400,
      "status is not a valid parameter unless releases are requested.",
    ],
    [
      "a page that is not a number",
      "/release-group",
      { artist: ids.pinkFloyd, limit: "ten" },
      400,
      "The 'limit' and 'offset' parameters must be positive integers",
    ],
    [
      "a blank query",
      "/artist",
      { query: "  " },
      400,
      "You submitted a blank search query. You must include a non-blank 'query=' parameter with your search.",
    ],
    [
      "a quoted blank query",
      "/release-group",
      { query: '" "' },
      400,
      "You submitted a blank search query. You must include a non-blank 'query=' parameter with your search.",
    ],
    ["an identifier that is none, of a release", "/release/7", {}, 400, "Invalid mbid."],
    ["an identifier that is none, of a recording", "/recording/money", {}, 400, "Invalid mbid."],
    ["an identifier that is none, of a series", "/series/x", {}, 400, "Invalid mbid."],
    ["an identifier that is none, while browsing", "/release", { "release-group": "x" }, 400, "Invalid mbid."],
    ["an ISRC that is none", "/isrc/MONEY", {}, 400, "Invalid isrc."],
    ["an ISRC that nothing has", "/isrc/XXXXX0000000", {}, 404, "Not Found"],
    ["an unknown release", "/release/00000000-1111-2222-3333-444444444444", {}, 404, "Not Found"],
    ["an unknown recording", "/recording/00000000-1111-2222-3333-444444444444", {}, 404, "Not Found"],
    ["an unknown series", "/series/00000000-1111-2222-3333-444444444444", {}, 404, "Not Found"],
    [
      "an unknown inc value of a recording",
      `/recording/${ids.money}`,
      { inc: "labels" },
      400,
      "labels is not a valid inc parameter for the recording resource.",
    ],
    [
      "an unknown inc value of a series",
      "/series/00000000-1111-2222-3333-444444444444",
      { inc: "releases" },
      400,
      "releases is not a valid inc parameter for the series resource.",
    ],
    [
      "artists while browsing releases",
      "/release",
      { "release-group": ids.darkSide, inc: "artists" },
      400,
      "artists is not a valid inc parameter for the release resource.",
    ],
    [
      "ISRCs without recordings",
      "/release",
      { "release-group": ids.darkSide, inc: "isrcs" },
      400,
      "isrcs is not a valid option for the inc parameter for the release resource " +
        "unless you specify one of the following other inc parameters: recordings",
    ],
    [
      "media of a recording without releases",
      `/recording/${ids.money}`,
      { inc: "media" },
      400,
      "media is not a valid option for the inc parameter for the recording resource " +
        "unless you specify one of the following other inc parameters: releases",
    ],
    [
      "an unknown status while browsing releases",
      "/release",
      { "release-group": ids.darkSide, status: "lost" },
      400,
      "lost is not a recognized release status.",
    ],
    ["what it does not serve", "/work", { query: "x" }, 501, "This hasn't been implemented yet."],
    ["browsing what it cannot", "/recording", { artist: ids.pinkFloyd }, 501, "This hasn't been implemented yet."],
    ["browsing by what it cannot", "/release", { label: ids.darkSide }, 501, "This hasn't been implemented yet."],
  ] as const)("%s", async (_what, path, parameters, status, error) => {
    const answer = await ask<ErrorBody>(sandbox, path, parameters);
    expect(answer).toMatchObject({ status, body: { error, help } });
  });

  test("two query parameters", async () => {
    const response = await fetch(`${sandbox.url}/artist?query=a&query=b`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "Must specify at most 1 query argument" });
  });

  test("two inc parameters", async () => {
    const response = await fetch(`${sandbox.url}/artist/${ids.pinkFloyd}?inc=tags&inc=genres`);
    expect(response.status).toBe(400);
  });

  test("any method but GET and HEAD", async () => {
    const { status, headers } = await ask(sandbox, "/artist", {}, { method: "POST" });
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("GET, HEAD");
  });
});

describe("hostile input gets an ordinary answer:", () => {
  test("a query of a megabyte", async () => {
    const response = await fetch(`${sandbox.url}/artist?query=${"a".repeat(1024 * 1024)}`);
    expect(response.status).toBe(414);
  });

  test("the longest query that fits, of nothing but parentheses", async () => {
    const response = await fetch(`${sandbox.url}/artist?query=${"(".repeat(8000)}`);
    expect(response.status).toBe(400);
  });

  test("a pattern of many stars", async () => {
    const { status } = await ask(sandbox, "/artist", { query: `artist:${"*a".repeat(2000)}` });
    expect(status).toBe(200);
  });

  test.each([
    ["a NUL", "query=%00"],
    ["NULs among words", "query=Pink%00Floyd"],
    ["broken percent encoding", "query=%ZZ%E0%A4%A"],
    ["a lone surrogate", "query=%ED%A0%80"],
    ["SQL", "query=%27%3B%20DROP%20TABLE%20artist%3B--"],
    ["line breaks", "query=a%0D%0AX-Injected:%201"],
    ["a prototype's name as a field", "query=__proto__:x"],
    ["a path that climbs", "query=..%2F..%2Fetc%2Fpasswd"],
  ])("%s", async (_what, query) => {
    const response = await fetch(`${sandbox.url}/artist?${query}`);
    expect([200, 400]).toContain(response.status);
    expect(response.headers.get("x-injected")).toBeNull();
    await response.json();
  });
});
