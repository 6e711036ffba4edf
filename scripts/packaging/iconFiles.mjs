/** The entries of an .icns file that hold a PNG, with their width in pixels. */
const macEntries = /** @type {const} */ ({
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
});

/**
 * Returns the bytes of a Windows icon.
 * @param {{ size: number, png: Buffer }[]} pictures up to 256 pixels wide
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 256 is written as 0.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/**
 * Resolves with the bytes of a macOS icon.
 * @param {(size: number) => Promise<Buffer>} draw returns a PNG of this width in pixels
 */
export async function icns(draw) {
  const entries = await Promise.all(
    Object.entries(macEntries).map(async ([type, size]) => {
      const png = await draw(size);
      return Buffer.concat([Buffer.from(type, "latin1"), uint32(png.length + 8), png]);
    }),
  );
  const body = Buffer.concat(entries);
  return Buffer.concat([Buffer.from("icns", "latin1"), uint32(body.length + 8), body]);
}

/** @param {number} value */
function uint32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
