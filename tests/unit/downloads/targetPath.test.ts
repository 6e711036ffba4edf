import { expect, test } from "vitest";
import { targetPath } from "../../../electron/workbench/downloads/targetPath.ts";

const place = (path: string) => targetPath("/models", "owner/name", path);

test("a file is saved in its repository's folder, at most one folder deep as in the repository", () => {
  expect(place("x.gguf")).toBe("/models/owner/name/x.gguf");
  expect(place("Q4_K_M/x.gguf")).toBe("/models/owner/name/Q4_K_M/x.gguf");
});

test("nested folders give one folder with a unique name", () => {
  const paths = ["q/x.gguf", "a/q/x.gguf", "b/q/x.gguf", "a/b/q/x.gguf", "ab/q/x.gguf", "A/q/x.gguf"];
  const places = paths.map(place);
  expect(new Set(places.map((each) => each.toLowerCase())).size).toBe(paths.length);
  for (const each of places) expect(each).toMatch(/^\/models\/owner\/name\/q(-[0-9a-f]{8})?\/x\.gguf$/);
  expect(place("a/q/x-00001-of-00002.gguf").replace("00001", "00002")).toBe(place("a/q/x-00002-of-00002.gguf"));
});
