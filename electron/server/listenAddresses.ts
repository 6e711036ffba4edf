import { networkInterfaces } from "node:os";

/** The addresses to listen at, and which of them a computer may lack. */
export interface ListenAddresses {
  hosts: readonly string[];
  optional: readonly string[];
}

/** Only this computer can connect. */
export const loopbacks: ListenAddresses = { hosts: ["127.0.0.1", "::1"], optional: ["::1"] };

/** Other computers in the network can connect too. */
export const everywhere: ListenAddresses = { hosts: ["0.0.0.0", "::1"], optional: ["::1"] };

/** Returns where to listen for a host that was named on the command line. */
export function listenAddressesOf(host: string): ListenAddresses {
  if (["127.0.0.1", "::1", "localhost"].includes(host)) return loopbacks;
  return ["0.0.0.0", "::"].includes(host) ? everywhere : { hosts: [host], optional: [] };
}

/** Returns a host as it stands in an address: with brackets if it is one of IPv6. */
export const hostInAddress = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/**
 * Returns the base addresses that programs connect to: this computer's own first, then those in the local network if it
 * is open to it.
 */
export function addressesOf(port: number, isOpenToNetwork: boolean): string[] {
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => isOpenToNetwork && family === "IPv4" && !internal);
  return ["127.0.0.1", ...others.map(({ address }) => address)].map((address) => `http://${address}:${port}/v1`);
}
