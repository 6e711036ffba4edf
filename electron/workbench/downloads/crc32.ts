import { createRequire } from "node:module";
import { crc32 as crc32OfNode } from "node:zlib";

/** CRC-32 as zip and gzip have it, of these bytes, or gone on with from that of all before them. */
type Crc32 = (bytes: Buffer, before?: number) => number;

/** A native package's, or Node's where that has none for this platform: 11 GB/s, as Electron's own, and 4. */
export const crc32: Crc32 = native() ?? crc32OfNode;

function native(): Crc32 | null {
  try {
    return (createRequire(import.meta.url)("@node-rs/crc32") as { crc32: Crc32 }).crc32;
  } catch {
    return null;
  }
}
