import { createRequire } from "node:module";
import { crc32 as crc32OfNode } from "node:zlib";

/** Returns the CRC-32 (as in zip and gzip) of these bytes, or continues from that of the bytes before them. */
type Crc32 = (bytes: Buffer, before?: number) => number;

/** From a native package (11 GB/s, like Electron's own), or Node's (4 GB/s) if the package lacks this platform. */
export const crc32: Crc32 = native() ?? crc32OfNode;

function native(): Crc32 | null {
  try {
    return (createRequire(import.meta.url)("@node-rs/crc32") as { crc32: Crc32 }).crc32;
  } catch {
    return null;
  }
}
