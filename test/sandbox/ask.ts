import { expect } from "vitest";
import type { Sandbox } from "../../src/sandbox/open-sandbox.ts";

/** An answer of the sandbox with its body parsed. */
export interface Asked<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

/** The body of an error. */
export interface ErrorBody {
  readonly error: string;
  readonly help: string;
}

/** A page of search hits. */
export interface SearchPage {
  readonly count: number;
  readonly offset: number;
  readonly artists: readonly Entity[];
  readonly "release-groups": readonly Entity[];
  readonly releases: readonly Entity[];
  readonly recordings: readonly Entity[];
  readonly series: readonly Entity[];
}

/** Any entity: tests look at the fields they care about. */
export interface Entity {
  readonly id: string;
  readonly name?: string;
  readonly title?: string;
  readonly disambiguation?: string;
  readonly score?: number;
  readonly [field: string]: unknown;
}

/** Asks the sandbox by HTTP, without following redirects. Parameters are encoded here. */
export const ask = async <Body = Entity>(
  sandbox: Sandbox,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
  init: RequestInit = {},
): Promise<Asked<Body>> => {
  const query = new URLSearchParams({ fmt: "json", ...parameters });
  const response = await fetch(`${sandbox.url}${path}?${query.toString()}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
};

/** The names of the artists that a query finds, best first. */
export const artistNames = async (sandbox: Sandbox, query: string, extra: Readonly<Record<string, string>> = {}) => {
  const page = await ask<SearchPage>(sandbox, "/artist", { query, ...extra });
  return page.body.artists.map((artist) => artist.name);
};

/** The titles of the release groups that a query finds, best first. */
export const albumTitles = async (sandbox: Sandbox, query: string) => {
  const page = await ask<SearchPage>(sandbox, "/release-group", { query });
  return page.body["release-groups"].map((album) => album.title);
};

/** Well-known identifiers of the data set. */
export const ids = {
  pinkFloyd: "83d91898-7763-47d7-b03b-b92132375c47",
  darkSide: "f5093c06-23e3-404f-aeaa-40f72885ee3a",
  nirvana: "5b11f4ce-a62d-471e-81fc-a69a8278c7da",
  bowie: "5441c29d-3602-4898-b1a1-b77fa23b8e50",
  motorhead: "57961a97-3796-4bf7-9f02-a985a8979ae9",
  motorheadMerged: "0c5f9a1e-6b1d-4d0e-9c3a-5d5f1b7f2a10",
  aceOfSpadesMerged: "7d2f4c66-3a0b-4e57-8f19-2b9c6e4d1a33",
  darkSideCdMerged: "5b8d0e47-a2c6-4f19-93d5-7e61f4b0c28a",
  money: "7fef22bd-76aa-4803-b56b-93a5d6e70662",
  moneyMerged: "3c8a1f52-9d0e-4b6a-8f47-5e2d7c91b0a4",
  variousArtists: "89ad4ac3-39f7-470e-963a-56509c546377",
  weezer: "6fe07aa5-fec0-4eca-a456-f29bff451b04",
} as const;

/** Matches any list. */
export const anyList: unknown = expect.any(Array);
