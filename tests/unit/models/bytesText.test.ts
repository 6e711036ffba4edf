import { expect, test } from "vitest";
import { bytesText } from "../../../electron/workbench/models/bytesText.ts";

test.each([
  [0, "0 bytes"],
  [512, "512 bytes"],
  [61_148_352, "61.1 MB"],
  [999_600, "1 MB"],
  [4_683_073_536, "4.68 GB"],
  [404e9, "404 GB"],
  [2e15, "2000 TB"],
])("%d is %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});
