import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { inspectModelFile } from "../../../electron/workbench/engine/inspectModelFile.ts";
import { enginePaths, nanoPath } from "../../support/engine/engineForTests.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inspect-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Returns an engine that runs this code instead of reading a file. */
async function engineThat(code: string) {
  const entry = join(folder, "engine.mjs");
  await writeFile(entry, code);
  return { ...enginePaths, entry };
}

it("reads a model file without starting a backend", async () => {
  await expect(inspectModelFile(enginePaths, nanoPath)).resolves.toMatchObject({ architecture: "qwen2", family: "r1" });
});

it("reports the file's problem", async () => {
  await expect(inspectModelFile(enginePaths, `${nanoPath}.missing`)).rejects.toMatchObject({
    code: "model-file-missing",
  });
  await expect(inspectModelFile(enginePaths, folder)).rejects.toMatchObject({
    code: expect.stringMatching(/^model-/) as string,
  });
});

it("blames the file for a reader that crashes or prints invalid data", async () => {
  const header = { code: "model-header-invalid" };
  const dies = await engineThat("process.abort()");
  await expect(inspectModelFile(dies, nanoPath)).rejects.toMatchObject(header);
  const nonsense = await engineThat("console.log('[')");
  await expect(inspectModelFile(nonsense, nanoPath)).rejects.toMatchObject(header);
});

it("does not blame the file for a reader that does not get on: the machine or the disk may be busy", async () => {
  const waits = await engineThat("setInterval(() => {}, 1000)");
  await expect(inspectModelFile(waits, nanoPath, 500)).rejects.toMatchObject({
    code: "model-file-unreadable",
    facts: { case: "slow", seconds: 0.5 },
  });
});

it("does not blame the file for a missing program", async () => {
  const missing = { ...enginePaths, nodePath: join(folder, "no-node") };
  await expect(inspectModelFile(missing, nanoPath)).rejects.toMatchObject({ code: "engine-start-failed" });
});
