import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ModelIds } from "../../../electron/workbench/models/ModelIds.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const one = { path: "/one/tiny.gguf", name: null };
const other = { path: "/other/tiny.gguf", name: null };

test("a file has one id, even if requested twice at once, and no two files share one", async () => {
  const ids = new ModelIds(await temporaryFolder());
  const [[alone], both] = await Promise.all([ids.of([other]), ids.of([one, other])]);
  expect(alone).toBe("tiny");
  expect(both).toEqual([expect.stringMatching(/^tiny-[0-9a-f]{6}$/), "tiny"]);
});

test("another app's name for a model is its id; a file that is not listed has its path's hash in the id", async () => {
  const ids = new ModelIds(await temporaryFolder());
  expect(await ids.of([{ path: "/ollama/blobs/sha256-00", name: "deepseek-r1:7b" }])).toEqual(["deepseek-r1-7b"]);
  expect(await ids.ofUnlisted(one.path)).toMatch(/^tiny-[0-9a-f]{6}$/);
});

test("an id in an invalid format is not taken from the list", async () => {
  const home = await temporaryFolder();
  for (const id of ["../tiny", "Tiny", "a".repeat(61), "", "tiny\n"]) {
    await writeFile(join(home, "model-ids.json"), JSON.stringify({ [id]: one.path }));
    expect(await new ModelIds(home).of([one])).toEqual(["tiny"]);
  }
});

test("a damaged list affects nothing else, and one that cannot be written changes no id", async () => {
  const home = await temporaryFolder();
  await writeFile(join(home, "model-ids.json"), "{");
  expect(await new ModelIds(home).of([one, other])).toEqual(["tiny", expect.stringMatching(/^tiny-/)]);
  expect(await new ModelIds(home).of([other])).toEqual([expect.stringMatching(/^tiny-/)]);
  const nowhere = new ModelIds(join(home, "not", "there"));
  expect(await nowhere.of([one])).toEqual(["tiny"]);
  expect(await nowhere.of([other, one])).toEqual([expect.stringMatching(/^tiny-/), "tiny"]);
});
