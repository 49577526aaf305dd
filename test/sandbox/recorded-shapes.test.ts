import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { oddAlbums } from "../../src/sandbox/data/odd-editions.ts";
import { seriesIds } from "../../src/sandbox/data/series.ts";
import { openSandbox } from "../../src/sandbox/open-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";
import { ask } from "./ask.ts";
import type { SearchPage } from "./ask.ts";

/** Real responses; they are not part of this project, so a checkout by itself has none. */
const folder = fileURLToPath(new URL("../../../shared/recorded/", import.meta.url));
const isThere = existsSync(`${folder}index.json`);
const expectations = "http-exchanges/musicbrainz-server-tests/";

const read = (file: string): unknown => JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
const filesOf = (path: string, prefix: string): string[] =>
  readdirSync(`${folder}${path}`)
    .filter((file) => file.startsWith(prefix))
    .map((file) => `${path}${file}`);

/** Values there are data, not fields. */
const maps = new Set(["attribute-values", "attribute-ids"]);

/** The names of all fields of a value with their paths, e.g. `releases[].media[].id`. */
const fieldsOf = (value: unknown, path = "", found = new Set<string>()): Set<string> => {
  if (Array.isArray(value)) {
    for (const each of value as unknown[]) fieldsOf(each, `${path}[]`, found);
  } else if (typeof value === "object" && value !== null && !maps.has(path.slice(path.lastIndexOf(".") + 1))) {
    for (const [name, each] of Object.entries(value)) {
      const field = path === "" ? name : `${path}.${name}`;
      found.add(field);
      fieldsOf(each, field, found);
    }
  }
  return found;
};

const exchange = z.object({ status: z.literal(200), body: z.unknown() });

/** The fields of what the server's own tests expect of a request; the file's name begins with its path. */
const expectedFields = (prefix: string): Set<string> => {
  const [file] = filesOf(expectations, prefix);
  return fieldsOf(exchange.parse(read(file ?? "")).body);
};

const without = (fields: Set<string>, other: Set<string>, ignored: RegExp | null = null): string[] =>
  [...fields].filter((field) => !other.has(field) && ignored?.test(field) !== true);

const nevermind = "1b022e01-4da6-387b-8658-8678046e4cef";
const teenSpirit = "6da76448-982a-4a01-b65b-9a710301c9c9";

describe.skipIf(!isThere)(`recorded responses${isThere ? "" : " (skipped: ../shared/recorded is not there)"}`, () => {
  let sandbox: Sandbox;
  let release = "";
  beforeAll(async () => {
    sandbox = await openSandbox();
    const page = await ask<SearchPage>(sandbox, "/release", { query: "barcode:720642442524" });
    release = page.body.releases[0]?.id ?? "";
  });
  afterAll(() => sandbox.close());

  /** Dates, which the recorded release lacks. */
  const dates = /(?:^|\.)(?:first-release-date|date|country|release-events(?:\[\].*)?)$/u;
  /** What stands in a disc; the sandbox knows none. */
  const discs = /\.discs\[\]/u;
  /** What is in the series; the recorded one is of works. */
  const items = /^relations\[\]\.(?:work|release_group)/u;

  test.each([
    ["release_aff4a693-5970-4e2e-bd46-e2ee49c22de7_inc_labels_recordings", "labels recordings", null],
    ["release_aff4a693-5970-4e2e-bd46-e2ee49c22de7_inc_artist-credits", "artist-credits release-groups", null],
    ["release_aff4a693-5970-4e2e-bd46-e2ee49c22de7_inc_release-groups_ratings", "release-groups ratings", null],
    ["release_b3b7e934-445b-4c68-a097-730c6a6d47e6_inc_discids", "discids recordings", discs],
    ["release_b3b7e934-445b-4c68-a097-730c6a6d47e6_inc_ratings", "ratings", null],
  ])("have the fields of the sandbox's release: %s", async (file, inc, ignored) => {
    const ours = fieldsOf((await ask(sandbox, `/release/${release}`, { inc })).body);
    expect(without(ours, expectedFields(file), ignored)).toEqual([]);
    expect(without(expectedFields(file), ours, ignored)).toEqual([]);
  });

  test("have the hidden track where the sandbox has it", async () => {
    const id = oddAlbums.hiddenTrack.releaseIds[0] ?? "";
    const { body } = await ask(sandbox, `/release/${id}`, { inc: "artists recordings artist-credits" });
    const theirs = expectedFields("release_ec0d0122");
    expect(without(theirs, fieldsOf(body))).toEqual([]);
    expect(without(fieldsOf(body), theirs, dates)).toEqual([]);
  });

  test.each([
    ["release_release-group_", "/release", { "release-group": nevermind }, null],
    ["release_inc_mediums_label", "/release", { "release-group": nevermind, inc: "media" }, null],
    ["recording_162630d9-36d2-4a8d-ade1-1c77440b34e7.", `/recording/${teenSpirit}`, {}, null],
    [
      "recording_162630d9-36d2-4a8d-ade1-1c77440b34e7_inc_releases_release-groups",
      `/recording/${teenSpirit}`,
      { inc: "releases release-groups artists" },
      null,
    ],
    [
      "recording_162630d9-36d2-4a8d-ade1-1c77440b34e7_inc_releases_media",
      `/recording/${teenSpirit}`,
      { inc: "releases media" },
      null,
    ],
    ["isrc_", "/isrc/USGF19942501", {}, null],
    ["series_d977f7fd-96c9-4e3e-83b5-eb484a9e6582.", `/series/${seriesIds.greatAlbums}`, {}, null],
    [
      "series_d977f7fd-96c9-4e3e-83b5-eb484a9e6582_inc_work-rels",
      `/series/${seriesIds.greatAlbums}`,
      { inc: "release-group-rels" },
      items,
    ],
  ])("have the fields of the sandbox: %s", async (file, path, parameters, ignored) => {
    const ours = fieldsOf((await ask(sandbox, path, parameters)).body);
    const theirs = expectedFields(file);
    expect(without(ours, theirs, ignored)).toEqual([]);
    expect(without(theirs, ours, ignored)).toEqual([]);
  });

  test.each([
    ["recordings", "/recording", "money OR misirlou OR video:true"],
    ["releases", "/release", "status:official"],
    ["series", "/series", "sandbox"],
  ])("have every field that the sandbox's search gives for %s", async (entity, path, query) => {
    const theirs = new Set(filesOf("musicbrainz/search/", `${entity}.`).flatMap((file) => [...fieldsOf(read(file))]));
    const { body } = await ask(sandbox, path, { query, limit: "100" });
    // Whether the aliases' types come with identifiers changed over the years.
    expect(without(fieldsOf(body), theirs, /aliases\[\]\.type-id$/u)).toEqual([]);
  });
});
