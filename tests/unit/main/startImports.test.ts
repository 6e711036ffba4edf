import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../../../electron/main/main.ts", import.meta.url));

/** Returns the packages that a file imports when it is loaded, also through other files, which are added to `seen`. */
function packagesOf(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, from = ""] of readFileSync(file, "utf8").matchAll(
    /^(?:import|export) (?!type |const )[^;]*?"([^"]+)"/gm,
  )) {
    if (!from.startsWith(".")) packages.add(from);
    else for (const each of packagesOf(resolve(dirname(file), from), seen)) packages.add(each);
  }
  return packages;
}

test("the window does not wait for SQLite, which only the workbench and an erasure need", () => {
  const packages = packagesOf(main);
  // The search finds them at all.
  expect([...packages]).toEqual(expect.arrayContaining(["electron", "zod"]));
  expect([...packages].filter((name) => /sqlite|llama|undici|updater/.test(name))).toEqual([]);
});

test("the window reads the texts of its own language only", () => {
  for (const file of [main, fileURLToPath(new URL("../../../renderer/texts.ts", import.meta.url))]) {
    const files = new Set<string>();
    packagesOf(file, files);
    const languages = ["english", "french", "chinese"].filter((name) =>
      [...files].some((one) => one.endsWith(`${name}.ts`)),
    );
    expect(languages).toEqual(["english"]);
  }
});
