import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openSandbox, type Sandbox } from "../../src/sandbox/open-sandbox.ts";

let sandbox: Sandbox;
let token: string;
beforeAll(async () => {
  sandbox = await openSandbox();
  token = await fetchToken();
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.amazon.setEligible(true);
});
afterAll(() => sandbox.close());

interface Body {
  readonly type?: string;
  readonly reason?: string;
  readonly error?: string;
  readonly access_token?: string;
  readonly fieldList?: readonly { readonly name: string }[];
  readonly errors?: readonly { readonly code: string }[];
  readonly searchResult?: { readonly items: readonly { readonly asin: string }[] };
  readonly itemsResult?: { readonly items: readonly Record<string, unknown>[] };
}

async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Body }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

const question = () => ({
  grant_type: "client_credentials",
  client_id: sandbox.amazon.credentialId,
  client_secret: sandbox.amazon.credentialSecret,
  scope: "creatorsapi::default",
});

async function fetchToken(): Promise<string> {
  return (await post(sandbox.amazon.tokenUrl(3), question())).body.access_token ?? "";
}

const asked = (more: object = {}) => ({ partnerTag: "sandbox-20", searchIndex: "Music", title: "Nevermind", ...more });

function call(operation: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  return post(`${sandbox.amazon.url}/catalog/v1/${operation}`, body, {
    authorization: `Bearer ${token}`,
    "x-marketplace": "www.amazon.com",
    ...headers,
  });
}

describe("the double of Amazon", () => {
  it("gives tokens to whoever asks as the version wants it", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const legacy = new URLSearchParams({ ...question(), scope: "creatorsapi/default" }).toString();
    const given = await post(sandbox.amazon.tokenUrl(2), legacy, form);
    expect(given).toMatchObject({ status: 200, body: { token_type: "bearer", expires_in: 3600 } });
    const header = `Bearer ${given.body.access_token}`;
    expect((await call("searchItems", asked(), { authorization: header })).status).toBe(401);
    expect((await call("searchItems", asked(), { authorization: `${header}, Version 2.1` })).status).toBe(200);
    expect((await post(sandbox.amazon.tokenUrl(2), legacy)).status).toBe(400);
    const wrong = { ...question(), client_secret: "guessed" };
    expect(await post(sandbox.amazon.tokenUrl(3), wrong)).toMatchObject({
      status: 401,
      body: { error: "invalid_client" },
    });
    const scope = { ...question(), scope: "creatorsapi/default" };
    expect((await post(sandbox.amazon.tokenUrl(3), scope)).body.error).toBe("invalid_scope");
  });

  it("refuses who has no token, a stale one, or may not ask", async () => {
    expect((await call("searchItems", asked(), { authorization: "Bearer made-up" })).body).toMatchObject({
      type: "UnauthorizedException",
      reason: "InvalidToken",
    });
    sandbox.amazon.setEligible(false);
    expect(await call("searchItems", asked())).toMatchObject({
      status: 403,
      body: { type: "AccessDeniedException", reason: "AssociateNotEligible" },
    });
    sandbox.amazon.endTokens();
    expect(await call("searchItems", asked())).toMatchObject({ status: 401, body: { reason: "TokenExpired" } });
    token = await fetchToken();
  });

  it.each([
    ["searchItems", { itemCount: 11 }, "itemCount"],
    ["searchItems", { itemPage: 0 }, "itemPage"],
    ["searchItems", { resources: ["ItemInfo.Title"] }, "resources.0"],
    ["searchItems", { searchIndex: "Shoes" }, "searchIndex"],
    ["searchItems", { partnerType: "Associates" }, ""],
    ["searchItems", { title: undefined }, ""],
    ["getItems", { itemIds: Array.from({ length: 11 }, () => "B0SBXNVMD1") }, "itemIds"],
    ["getItems", { itemIds: ["short"] }, "itemIds.0"],
  ])("refuses %s with %j", async (operation, more, field) => {
    const base = operation === "searchItems" ? asked() : { partnerTag: "sandbox-20" };
    const { status, body } = await call(operation, { ...base, ...more });
    expect([status, body.type, body.reason]).toEqual([400, "ValidationException", "FieldValidationFailed"]);
    expect(body.fieldList?.map(({ name }) => name)).toContain(field);
  });

  it("refuses another tag, another marketplace, and what it does not know", async () => {
    expect((await call("searchItems", asked({ partnerTag: "other-20" }))).body.reason).toBe("InvalidAssociate");
    expect((await call("searchItems", asked(), { "x-marketplace": "www.amazon.xyz" })).status).toBe(400);
    expect((await call("searchItems", "{", {})).body.reason).toBe("CannotParse");
    expect((await call("getFeed", asked())).body.reason).toBe("UnknownOperation");
  });

  it("finds what fits and what merely looks like it, and says so where there is nothing", async () => {
    const { body } = await call("searchItems", asked({ artist: "Nirvana" }));
    expect(body.searchResult?.items.map(({ asin }) => asin)).toEqual(["B0SBXNVMD1", "B0SBXNVMD2"]);
    expect((await call("searchItems", asked({ title: "Nothing of the sort" }))).body).toEqual({
      errors: [{ code: "NoResults", message: "No results found for your request." }],
    });
  });

  it("gives the parts that were asked for, beside errors for what it does not have", async () => {
    const itemIds = ["B0SBXNVMD1", "B0SBXNONE1"];
    const { body } = await call("getItems", {
      partnerTag: "sandbox-20",
      itemIds,
      resources: ["itemInfo.title", "offersV2.listings.price"],
    });
    expect(body.errors).toHaveLength(1);
    expect(body.itemsResult?.items).toMatchObject([
      {
        asin: "B0SBXNVMD1",
        itemInfo: { title: { displayValue: "Nevermind" } },
        offersV2: { listings: [{ price: { money: { amount: 24.98, currency: "USD" } } }] },
      },
    ]);
    expect(body.itemsResult?.items[0]).not.toHaveProperty("browseNodeInfo");
  });

  it("has faults in its own words", async () => {
    sandbox.faults.add({ kind: "status", status: 429, retryAfter: 3, times: 1, on: "/catalog/" });
    const busy = await call("searchItems", asked());
    expect([busy.status, busy.body.type, busy.headers.get("retry-after")]).toEqual([429, "ThrottleException", "3"]);
  });

  it("throttles requests that come faster than was agreed, and leaves tokens alone", async () => {
    await using slow = await openSandbox({ requestsPerSecond: 0.01 });
    const key = (await post(slow.amazon.tokenUrl(3), question())).body.access_token ?? "";
    const headers = { authorization: `Bearer ${key}`, "x-marketplace": "www.amazon.com" };
    const url = `${slow.amazon.url}/catalog/v1/searchItems`;
    expect((await post(url, asked(), headers)).status).toBe(200);
    const refused = await post(url, asked(), headers);
    expect([refused.status, refused.body.type, refused.headers.get("retry-after")]).toEqual([
      429,
      "ThrottleException",
      "1",
    ]);
    expect((await post(slow.amazon.tokenUrl(3), question())).status).toBe(200);
  });
});
