import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Returns whether an IP address is one of this machine's own, which nothing leaves that is sent to it. */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** Returns whether the host in an address can only be this machine: `localhost` or a loopback address. */
export function isThisMachine(hostname: string): boolean {
  return /^localhost\.?$/i.test(hostname) || isLoopbackAddress(hostname.replace(/^\[|\]$/g, ""));
}
