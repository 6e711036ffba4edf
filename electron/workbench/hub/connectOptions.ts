import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { HubFailure } from "./HubFailure.ts";
import { isPrivateAddress } from "./privateAddress.ts";

/** How connections are opened. */
export interface ConnectOptions {
  /** In ms. */
  timeout: number;
  lookup: LookupFunction;
}

export const connectTimeoutMs = 15_000;
/** For an answer's head, once it was asked for. */
export const headTimeoutMs = 30_000;

/** A public name that resolves to a private address is refused; only the trusted host may. */
export function connectOptions(trustedHost: string): ConnectOptions {
  const guarded: LookupFunction = (hostname, options, done) => {
    lookup(hostname, options, (error, address, family) => {
      const addresses = Array.isArray(address) ? address.map((entry) => entry.address) : [address];
      if (error === null && hostname !== trustedHost && addresses.some(isPrivateAddress)) {
        const detail = `${hostname} is an address in the local network`;
        done(new HubFailure("hub-redirect-refused", undefined, { detail }), "", 0);
        return;
      }
      done(error, address as string, family);
    });
  };
  return { timeout: connectTimeoutMs, lookup: guarded };
}
