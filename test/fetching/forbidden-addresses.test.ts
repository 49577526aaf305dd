import { describe, expect, it } from "vitest";
import { isForbiddenAddress } from "../../src/fetching/forbidden-addresses.ts";

describe("isForbiddenAddress", () => {
  it.each([
    ["this machine", ["127.0.0.1", "127.255.255.254", "::1", "0.0.0.0", "0.1.2.3", "::"]],
    [
      "private networks",
      ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1", "fec0::1"],
    ],
    ["link-local addresses", ["169.254.1.1", "fe80::1", "fe80::1%eth0", "febf::1"]],
    ["metadata services", ["169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254"]],
    ["carrier-grade NAT", ["100.64.0.1", "100.127.255.255"]],
    ["multicast and broadcast", ["224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"]],
    [
      "what is reserved, for documentation or for benchmarks",
      [
        "240.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "2001:db8::1",
        "3fff::1",
        "100::1",
        "5f00::1",
      ],
    ],
    [
      "IPv4 in IPv6",
      [
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::",
        "2001:0:7f00:1::1",
        "::ffff:8.8.8.8",
      ],
    ],
    ["what is no address", ["", "localhost", "127.1", "0x7f000001", "[::1]"]],
  ])("forbids %s", (_what, addresses) => {
    expect(addresses.filter((address) => !isForbiddenAddress(address))).toEqual([]);
  });

  it("allows public addresses, next to forbidden ones too", () => {
    const open = [
      "8.8.8.8",
      "1.1.1.1",
      "9.255.255.255",
      "11.0.0.0",
      "100.63.255.255",
      "100.128.0.0",
      "126.255.255.255",
      "128.0.0.0",
      "169.253.255.255",
      "172.15.255.255",
      "172.32.0.0",
      "192.167.255.255",
      "192.169.0.0",
      "207.241.224.2",
      "223.255.255.255",
      "2606:4700::1111",
      "2a00:1450::1",
      "2001:4860:4860::8888",
    ];
    expect(open.filter(isForbiddenAddress)).toEqual([]);
  });
});
