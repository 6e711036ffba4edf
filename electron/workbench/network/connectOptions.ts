import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { WorkbenchError } from "../../contract/errors.ts";
import { isLoopbackAddress, isThisMachine } from "./isThisMachine.ts";
import { isPrivateAddress } from "./privateAddress.ts";

/** Options for opening connections. */
export interface ConnectOptions {
  /** In ms. */
  timeout: number;
  lookup: LookupFunction;
  /** The only certificate, or authority, that is trusted. Left out: those of the system. */
  ca?: string;
  /** Whether that may be a server's own, also if an authority has signed it. */
  allowPartialTrustChain?: true;
}

export const connectTimeoutMs = 15_000;
/** Time limit for the head of a response, from the request on. */
export const headTimeoutMs = 30_000;

/**
 * Returns options that reject a public name that resolves to a private address, except for the trusted host, and a name of
 * this machine that resolves to another one.
 */
export function connectOptions(trustedHost: string, certificate: string | null = null): ConnectOptions {
  const guarded: LookupFunction = (hostname, options, done) => {
    lookup(hostname, options, (error, address, family) => {
      const addresses = Array.isArray(address) ? address.map((entry) => entry.address) : [address];
      if (error === null && hostname !== trustedHost && addresses.some(isPrivateAddress)) {
        const detail = `${hostname} is an address in the local network`;
        done(new WorkbenchError("hub-redirect-refused", undefined, detail), "", 0);
        return;
      }
      if (error === null && isThisMachine(hostname) && !addresses.every(isLoopbackAddress)) {
        done(Object.assign(new Error(`${hostname} is another machine`), { code: "ENOTFOUND" }), "", 0);
        return;
      }
      done(error, address as string, family);
    });
  };
  return {
    timeout: connectTimeoutMs,
    lookup: guarded,
    ...(certificate !== null && { ca: certificate, allowPartialTrustChain: true }),
  };
}
