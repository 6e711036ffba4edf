const begin = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

/** Returns the size in pixels that a PNG says it has, or null if it is no PNG. */
export function readPngSize(bytes: Uint8Array): { width: number; height: number } | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < begin.length + 8 || !data.subarray(0, begin.length).equals(begin)) return null;
  return { width: data.readUInt32BE(begin.length), height: data.readUInt32BE(begin.length + 4) };
}
