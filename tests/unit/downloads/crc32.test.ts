import { createRequire } from "node:module";
import { crc32 as crc32OfNode } from "node:zlib";
import { describe, expect, it } from "vitest";
import { crc32 } from "../../../electron/workbench/downloads/crc32.ts";

describe("the CRC-32 of receipts", () => {
  it("uses the native package, which this machine has", () => {
    const native = createRequire(import.meta.url)("@node-rs/crc32") as { crc32: unknown };
    expect(crc32).toBe(native.crc32);
  });

  it("is the one used in zip files, in one piece or several, and the same as Node's", () => {
    expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 31) % 251));
    let inPieces = 0;
    for (let at = 0; at < bytes.length; at += 701) inPieces = crc32(bytes.subarray(at, at + 701), inPieces);
    expect(inPieces).toBe(crc32OfNode(bytes));
    expect(crc32(Buffer.alloc(0), 77)).toBe(77);
    expect(crc32(Buffer.alloc(0))).toBe(0);
  });
});
