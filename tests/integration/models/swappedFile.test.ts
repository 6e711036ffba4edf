import { createHash, randomBytes } from "node:crypto";
import { chmod, copyFile, mkdir, readFile, rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { ModelHashes } from "../../../electron/workbench/benchmark/ModelHashes.ts";
import { knownDownload } from "../../../electron/workbench/downloads/knownDownload.ts";
import { knownHash, rememberVerified } from "../../../electron/workbench/downloads/VerifiedFiles.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const { hashWorker } = appPaths(join(import.meta.dirname, "..", "..", "..", "out", "cli"));
const isVerified = async (modelsFolder: string, path: string) =>
  (await knownDownload({ modelsFolder, nameOf: () => Promise.resolve(null) }, path))?.verified ?? null;
const longAgo = new Date("2026-01-02T03:04:05Z");

async function downloaded() {
  const opened = await openTestWorkbench();
  const modelsFolder = join(opened.home, "models");
  const path = join(modelsFolder, "owner", "name", "nano.gguf");
  await mkdir(join(path, ".."), { recursive: true });
  await copyFile(nanoPath, path);
  await utimes(path, longAgo, longAgo);
  const sha256 = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  await rememberVerified(modelsFolder, path, sha256, true);
  const load = () => opened.workbench.call("models.load", { modelId: "nano" });
  return { ...opened, modelsFolder, path, sha256, load };
}

/** Returns bytes of the same length with the same header and different weights. */
async function otherBytes(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  randomBytes(4096).copy(bytes, bytes.length - 4096);
  return bytes;
}

const swaps: [how: string, (path: string) => Promise<void>][] = [
  ["written over", async (path) => writeFile(path, await otherBytes(path))],
  [
    "put in its place",
    async (path) => {
      await writeFile(`${path}.new`, await otherBytes(path));
      await utimes(`${path}.new`, longAgo, longAgo);
      await rename(`${path}.new`, path);
    },
  ],
];

test.each(swaps)("a verified model that another file was %s is noticed, checked and not opened", async (_how, swap) => {
  const { workbench, modelsFolder, home, path, sha256, load } = await downloaded();
  expect(await load()).toMatchObject({ state: "ready" });
  await workbench.call("models.unload", {});
  const hashes = new ModelHashes({ home, modelsFolder, hashWorker });
  const hashed = async () => (await hashes.of({ path, paths: [path] }, new AbortController().signal, () => {}))[0];
  expect(await hashed()).toMatchObject({ sha256 });
  const before = await stat(path);
  await swap(path);
  await utimes(path, longAgo, longAgo);
  const after = await stat(path);
  expect([after.size, after.mtimeMs]).toEqual([before.size, before.mtimeMs]);
  expect(await isVerified(modelsFolder, path)).toBeNull();
  expect(await knownHash(modelsFolder, path)).toBeNull();
  expect((await hashed())?.sha256).not.toBe(sha256);
  expect((await workbench.call("models.list", {})).find(({ id }) => id === "nano")).toMatchObject({ verified: null });
  expect(await load()).toMatchObject({ state: "failed", problem: { code: "model-changed" } });
});

test("a model whose modification time changed is hashed again once, and is verified as before", async () => {
  const { modelsFolder, path, load } = await downloaded();
  await chmod(path, 0o640);
  await chmod(path, 0o600);
  expect(await isVerified(modelsFolder, path)).toBeNull();
  expect(await load()).toMatchObject({ state: "ready" });
  expect(await isVerified(modelsFolder, path)).toBe(true);
});

test("a file recorded by an earlier release, by size and time alone, is checked before it is trusted", async () => {
  const { modelsFolder, path, sha256, load } = await downloaded();
  const note = { sha256, sizeBytes: (await stat(path)).size, modifiedMs: longAgo.getTime(), verified: true };
  await writeFile(join(modelsFolder, ".verified.json"), JSON.stringify({ "owner/name/nano.gguf": note }));
  expect(await isVerified(modelsFolder, path)).toBeNull();
  expect(await load()).toMatchObject({ state: "ready" });
  expect(await isVerified(modelsFolder, path)).toBe(true);
});
