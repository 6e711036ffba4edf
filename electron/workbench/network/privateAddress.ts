import { BlockList, isIP } from "node:net";

const ranges = [
  "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.168.0.0/16",
  "198.18.0.0/15 224.0.0.0/3 ::/128 ::1/128 64:ff9b::/96 fc00::/7 fe80::/10 ff00::/8",
];
const blocks = new BlockList();
for (const range of ranges.flatMap((some) => some.split(" "))) {
  const [network = "", prefix] = range.split("/");
  blocks.addSubnet(network, Number(prefix), isIP(network) === 6 ? "ipv6" : "ipv4");
}

/** Returns whether an IP address belongs to this machine or its network and not to the public internet. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(plain);
  if (family === 0) return false;
  if (family === 4) return blocks.check(plain, "ipv4");
  // A URL writes a mapped IPv4 address as ::ffff:7f00:1, which BlockList recognizes.
  return blocks.check(plain, "ipv6");
}
