import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("S5: openExternal is called in one place", async () => {
  const root = fileURLToPath(new URL("../../electron", import.meta.url));
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const sources = await Promise.all(
    names.map(async (name) => [name, await readFile(join(root, name), "utf8")] as const),
  );
  const callers = sources.filter(([, text]) => /openExternal\(/.test(text)).map(([name]) => name);
  expect(callers).toEqual([join("main", "openLink.ts")]);
});
