import type { LookupAddress } from "node:dns";
import { beforeAll, describe, expect, it } from "vitest";
import { createGuardedFetch } from "../../src/fetching/guarded-fetch.ts";
import type { Lookup } from "../../src/fetching/guarded-connector.ts";
import { openServer } from "../sources/test-server.ts";
import { type Canary, openCanary } from "./canary.ts";

let canary: Canary;
beforeAll(async () => {
  canary = await openCanary();
});

const v4 = (address: string): LookupAddress => ({ address, family: 4 });
const v6 = (address: string): LookupAddress => ({ address, family: 6 });
const names: Readonly<Record<string, readonly (readonly LookupAddress[])[]>> = {
  "loopback.test": [[v4("127.0.0.1")]],
  "loopback6.test": [[v6("::1")]],
  "mapped.test": [[v6("::ffff:127.0.0.1")]],
  "mapped-hex.test": [[v6("::ffff:7f00:1")]],
  "unspecified.test": [[v4("0.0.0.0")]],
  "private.test": [[v4("10.0.0.1")]],
  "metadata.test": [[v4("169.254.169.254")]],
  "nat64.test": [[v6("64:ff9b::7f00:1")]],
  "six-to-four.test": [[v6("2002:7f00:1::")]],
  "zone.test": [[v6("fe80::1%lo")]],
  "mixed.test": [[v4("93.184.216.34"), v4("127.0.0.1")]],
  "mixed-first.test": [[v4("127.0.0.1"), v4("93.184.216.34")]],
  "mixed-families.test": [[v6("2606:4700::1111"), v4("127.0.0.1")]],
  "nothing.test": [[]],
  "garbage.test": [[v4("not an address")]],
  localhost: [[v4("127.0.0.1"), v6("::1")]],
  "localhost.": [[v4("127.0.0.1")]],
  "sub.localhost": [[v4("127.0.0.1")]],
};

/** A name server that answers what the test says; a name that has several answers gives them in turn. */
function nameServer(): Lookup {
  const asked = new Map<string, number>();
  return (hostname, _options, callback) => {
    const answers = names[hostname] ?? [];
    const count = asked.get(hostname) ?? 0;
    asked.set(hostname, count + 1);
    const answer = answers[Math.min(count, answers.length - 1)];
    if (answer) callback(null, answer);
    else callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: "ENOTFOUND" }), []);
  };
}

const hosts = [
  // IPv4 as it is, and in every spelling that URLs know
  "127.0.0.1",
  "127.0.0.2",
  "127.1",
  "127.0.1",
  "127.255.255.254",
  "127.0.0.1.",
  "2130706433",
  "0x7f000001",
  "0x7F.1",
  "0x7f.0x0.0x0.0x1",
  "017700000001",
  "0177.0.0.1",
  "0177.0.0.01",
  "00000177.1",
  "127.0.0.0x1",
  "127.0x000001",
  "0",
  "0.0.0.0",
  "0x0",
  "00",
  "%31%32%37.0.0.1",
  "127。0。0。1",
  "①②⑦.⓪.⓪.①",
  "１２７.0.0.1",
  // IPv6
  "[::1]",
  "[::]",
  "[0:0:0:0:0:0:0:1]",
  "[0000:0000:0000:0000:0000:0000:0000:0001]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[0:0:0:0:0:ffff:7f00:0001]",
  "[::127.0.0.1]",
  "[::7f00:1]",
  "[::ffff:0:127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2002:7f00:0001::1]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[::ffff:a9fe:a9fe]",
  "[100::1]",
  // other machines that nobody outside may lead us to
  "10.0.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "169.254.169.254",
  "0xa9fea9fe",
  "2852039166",
  "0251.0376.0251.0376",
  "100.64.0.1",
  "100.100.100.200",
  "192.0.0.192",
  "168.63.129.16",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  // a user that looks like a host
  "example.com@127.0.0.1",
  "example.com:80@127.0.0.1",
  "8.8.8.8%20@127.0.0.1",
  "example.com%40127.0.0.1@[::1]",
  // names
  ...Object.keys(names),
  "LOCALHOST",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "user@localhost",
];

const fetching = (url: string) =>
  createGuardedFetch({ lookup: nameServer() })({
    url,
    policy: {},
    maxBytes: 1000,
    timeout: 5_000,
    signal: new AbortController().signal,
  });

describe("The guarded fetch", () => {
  it("reaches the canary where its origin is trusted, which shows that it is there", async () => {
    const before = canary.connections();
    const url = `http://127.0.0.1:${canary.port}/`;
    const answer = await createGuardedFetch()({
      url,
      policy: { trusted: [url] },
      maxBytes: 1000,
      timeout: 5_000,
      signal: new AbortController().signal,
    });
    expect(answer.status === "ok" && Buffer.from(answer.bytes).toString()).toBe("secret");
    expect(canary.connections()).toBe(before + 1);
  });

  it(`reaches it by none of ${hosts.length} spellings of forbidden addresses`, async () => {
    const before = canary.connections();
    const reached: string[] = [];
    for (const host of hosts) {
      for (const scheme of ["http", "https"]) {
        const outcome = await fetching(`${scheme}://${host}:${canary.port}/`).then(
          () => "fetched",
          (error: { readonly code?: string }) => error.code,
        );
        // A name without an address is not forbidden; it is nowhere.
        const expected = host === "nothing.test" ? "source-unavailable" : "fetch-refused";
        if (outcome !== expected) reached.push(`${scheme}://${host}: ${outcome}`);
      }
    }
    expect(reached).toEqual([]);
    expect(hosts.length).toBeGreaterThanOrEqual(60);
    expect(canary.connections()).toBe(before);
  });

  it("follows no redirect to any of them", async () => {
    const before = canary.connections();
    await using server = await openServer((request, response) => {
      const host = hosts[Number(request.url?.slice(1))] ?? "";
      response.writeHead(302, {
        location: `http://${encodeURI(host).replaceAll(/%5B|%5D/g, decodeURIComponent)}:${canary.port}/`,
      });
      response.end();
    });
    const outcomes = new Set<string | undefined>();
    for (const index of hosts.keys()) {
      const fetched = createGuardedFetch({ lookup: nameServer() })({
        url: `${server.url}/${index}`,
        policy: { trusted: [server.url] },
        maxBytes: 1000,
        timeout: 5_000,
        signal: new AbortController().signal,
      });
      outcomes.add(
        await fetched.then(
          () => "fetched",
          (error: { readonly code?: string }) => error.code,
        ),
      );
    }
    expect(outcomes).not.toContain("fetched");
    expect(server.paths).toHaveLength(hosts.length);
    expect(canary.connections()).toBe(before);
  });

  it("reaches nothing by other schemes", async () => {
    for (const url of [
      "file:///etc/passwd",
      "ftp://127.0.0.1/",
      "gopher://127.0.0.1/",
      "data:text/plain,x",
      "javascript:1",
      "//127.0.0.1/",
      "",
      "http://",
      "http:// /",
      "unix:/var/run/docker.sock",
    ]) {
      await expect(fetching(url), url).rejects.toMatchObject({ code: "fetch-refused", retryable: false });
    }
  });

  it("is not fooled by a name whose second answer is another than its first", async () => {
    const before = canary.connections();
    const answers: readonly LookupAddress[][] = [[v4("192.0.2.1")], [v4("127.0.0.1")]];
    for (const order of [answers, answers.toReversed()]) {
      let count = 0;
      const lookup: Lookup = (_hostname, _options, callback) => callback(null, order[count++ % 2] ?? []);
      for (let round = 0; round < 4; round += 1) {
        const fetched = createGuardedFetch({ lookup })({
          url: `http://rebinding.test:${canary.port}/`,
          policy: {},
          maxBytes: 1000,
          timeout: 1_000,
          signal: new AbortController().signal,
        });
        await expect(fetched).rejects.toMatchObject({ code: "fetch-refused" });
      }
    }
    expect(canary.connections()).toBe(before);
  });
});
