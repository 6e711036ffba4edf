import { lookup } from "node:dns";
import type { LookupFunction, Socket } from "node:net";
import { buildConnector } from "undici";
import { HubFailure } from "./HubFailure.ts";
import { isPrivateAddress } from "./privateAddress.ts";
import { ReadBuffers } from "./ReadBuffers.ts";

export const connectTimeoutMs = 15_000;

/** Of a plain connection; the system hands over what has come since the last read. */
const plainBuffers = new ReadBuffers(256 * 1024);
/** A record of TLS holds at most so much. */
const encryptedBuffers = new ReadBuffers(16 * 1024);

/** Nobody reads this part of an answer's body any more: its memory may be read into again. */
export function giveBack(chunk: Buffer): void {
  plainBuffers.giveBack(chunk);
  encryptedBuffers.giveBack(chunk);
}

/**
 * Opens connections for undici. A public name that resolves to a private address is refused; only the trusted host may.
 * What comes is read into buffers that are used again after `giveBack`.
 */
export function hubConnector(trustedHost: string): buildConnector.connector {
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
  return (options, done) => {
    const buffers = options.protocol === "https:" ? encryptedBuffers : plainBuffers;
    let socket: Socket | undefined;
    const onread = {
      buffer: () => buffers.take(),
      callback: (bytes: number, buffer: Buffer) => socket?.push(buffers.filled(buffer, bytes)) ?? true,
    };
    const connect = buildConnector({
      timeout: connectTimeoutMs,
      lookup: guarded,
      onread,
    } as buildConnector.BuildOptions);
    socket = connect(options, done) as unknown as Socket;
  };
}
