import { expect, test } from "vitest";
import { largePages } from "../../../electron/engine/largePages.ts";
import { engineEnvironment } from "../../../electron/workbench/engine/engineEnvironment.ts";

const onRequest = "always [madvise] never\n";

test("an engine asks for large memory pages if it was started so", () => {
  expect(largePages(engineEnvironment({}, true), onRequest)).toBe(true);
  expect(largePages(engineEnvironment({}, false), onRequest)).toBe(false);
});

test("there is no choice where the system always or never gives them, or does not know them", () => {
  for (const system of ["[always] madvise never\n", "always madvise [never]\n", ""]) {
    expect(largePages(engineEnvironment({}, true), system)).toBeUndefined();
  }
});
