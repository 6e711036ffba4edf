import { createHash, randomBytes } from "node:crypto";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { ModelHashes } from "../../../electron/workbench/benchmark/ModelHashes.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const { hashWorker } = appPaths(join(import.meta.dirname, "..", "..", "..", "out", "cli"));
const goOn = new AbortController().signal;
const hashOf = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

async function scene() {
  const home = await temporaryFolder();
  const hashes = new ModelHashes({ home, modelsFolder: join(home, "models"), hashWorker });
  const path = join(home, "model.gguf");
  // Three blocks of 8 MiB, the last one short.
  await writeFile(path, randomBytes(20_000_000));
  const heard: number[] = [];
  const ask = async (paths = [path], signal = goOn) => {
    heard.length = 0;
    return await hashes.of({ path: paths[0] ?? "", paths }, signal, (fraction) => heard.push(fraction));
  };
  return { home, path, heard, ask };
}

test("a file is hashed once, with progress, until it changes", async () => {
  const { path, heard, ask } = await scene();
  const first = await ask();
  expect(first).toEqual([{ name: "model.gguf", sizeBytes: 20_000_000, sha256: await hashOf(path) }]);
  expect(heard).toEqual([8_388_608 / 20e6, 16_777_216 / 20e6, 1]);
  expect(await ask()).toEqual(first);
  expect(heard).toEqual([]);
  await appendFile(path, "more");
  expect(await ask()).toEqual([{ name: "model.gguf", sizeBytes: 20_000_004, sha256: await hashOf(path) }]);
  expect(heard).toHaveLength(3);
});

test("every part of a split model is hashed, with progress over all of them", async () => {
  const { home, path, heard, ask } = await scene();
  const second = join(home, "second.gguf");
  await writeFile(second, randomBytes(5_000_000));
  expect((await ask([path, second])).map(({ name, sha256 }) => [name, sha256])).toEqual([
    ["model.gguf", await hashOf(path)],
    ["second.gguf", await hashOf(second)],
  ]);
  expect(heard.at(-2)).toBe(0.8);
  expect(heard.at(-1)).toBe(1);
});

test("a stop ends the hashing, and no partial result is kept", async () => {
  const { path, heard, ask } = await scene();
  const stopping = new AbortController();
  const stopped = expect(ask([path], AbortSignal.any([stopping.signal]))).rejects.toThrow();
  stopping.abort();
  await stopped;
  expect((await ask())[0]?.sha256).toBe(await hashOf(path));
  expect(heard).toHaveLength(3);
});
