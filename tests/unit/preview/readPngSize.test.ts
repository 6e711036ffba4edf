import { expect, test } from "vitest";
import { readPngSize } from "../../../electron/main/preview/readPngSize.ts";

const dot = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAEklEQVR4nGP8z8BQzwAEjDAGABGDAYTfSm0zAAAAAElFTkSuQmCC",
  "base64",
);

test("the size of a PNG is read, and of nothing else", () => {
  expect(readPngSize(dot)).toEqual({ width: 2, height: 3 });
  expect(readPngSize(dot.subarray(0, 23))).toBeNull();
  expect(readPngSize(Buffer.from("<svg width='2' height='3'/>"))).toBeNull();
  expect(readPngSize(Buffer.from(dot.toString("latin1").replace("IHDR", "IDAT"), "latin1"))).toBeNull();
  expect(readPngSize(new Uint8Array())).toBeNull();
});
