import { crc32, deflateSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { smallPng } from "../../../scripts/pictures/smallPng.mjs";

const [width, height, channels] = [3, 5, 3];
const pixel = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (x * 37 + y * y * 91 + x * y * 13) % 256);

/** Returns the row as PNG's filter of this number stores it. */
function filtered(filter: number, y: number): number[] {
  return Array.from({ length: width * channels }, (_, x) => {
    const [left, up, corner] = [pixel(x - channels, y), pixel(x, y - 1), y === 0 ? 0 : pixel(x - channels, y - 1)];
    const guess = left + up - corner;
    const nearest = [left, up, corner].toSorted((a, b) => Math.abs(guess - a) - Math.abs(guess - b))[0] ?? 0;
    return (pixel(x, y) - ([0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0)) & 255;
  });
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length);
  framed.write(type, 4, "latin1");
  data.copy(framed, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, 8 + data.length)), 8 + data.length);
  return framed;
}

test("a picture keeps its pixels, whatever its rows were predicted from", () => {
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0]);
  const rows = Array.from({ length: height }, (_, y) => [y, ...filtered(y, y)]).flat();
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const data = chunk("IDAT", deflateSync(Buffer.from(rows)));
  const small = smallPng(Buffer.concat([signature, chunk("IHDR", head), data, chunk("IEND", Buffer.alloc(0))]));

  const at = small.indexOf("IDAT");
  const stored = small.subarray(at + 4, at + 4 + small.readUInt32BE(at - 4));
  expect(small.readUInt32BE(at + 4 + stored.length)).toBe(crc32(Buffer.concat([Buffer.from("IDAT"), stored])));
  const plain = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width * channels }, (__, x) => pixel(x, y)),
  ]).flat();
  expect([...inflateSync(stored)]).toEqual(plain);
});
