import { BlockList, isIP } from "node:net";

/**
 * IPv4 networks that no address from outside may lead to. Source of the list:
 * https://www.iana.org/assignments/iana-ipv4-special-registry/, and multicast
 */
const forbidden4 = [
  "0.0.0.0/8", // this host, and the unspecified address
  "10.0.0.0/8",
  "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata service
  "127.0.0.0/8",
  "168.63.129.16/32", // Azure's host, reachable from each of its machines
  "169.254.0.0/16", // link-local; the metadata service of most clouds
  "172.16.0.0/12",
  "192.0.0.0/24", // protocol assignments; Oracle's metadata service
  "192.0.2.0/24", // documentation
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, and the broadcast address
];

/** All that is in use on the public internet over IPv6: https://www.iana.org/assignments/ipv6-address-space/ */
const public6 = "2000::/3";

/** What of it is not public, or leads to an IPv4 address. https://www.iana.org/assignments/iana-ipv6-special-registry/ */
const forbidden6 = [
  "2001::/23", // protocol assignments, Teredo among them
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4
  "2620:4f:8000::/48",
  "3fff::/20", // documentation
];

const deny = listOf([...forbidden4, ...forbidden6]);
const publicAddresses = listOf([public6]);

/**
 * Whether an address is one that nothing from outside may lead to: this machine, a private network, link-local, a cloud's
 * metadata service, multicast, or any form of IPv6 that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo).
 *
 * @param address as a socket names it; what is no IP address is forbidden too.
 */
export function isForbiddenAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return deny.check(address, "ipv4");
    case 6:
      // A zone names an interface of this machine. Whatever is not listed as public is not.
      return address.includes("%") || !publicAddresses.check(address, "ipv6") || deny.check(address, "ipv6");
    default:
      return true;
  }
}

function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = "", prefix = ""] = subnet.split("/");
    list.addSubnet(network, Number(prefix), network.includes(":") ? "ipv6" : "ipv4");
  }
  return list;
}
