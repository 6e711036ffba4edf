import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import { createModelUse, medianSpeed, speedsByBackend } from "../../../electron/workbench/engines/modelUse.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const file = { id: "m", source: { kind: "file", path: "/m.gguf" }, fingerprint: "1@2" } as const;
const crash = problemOf("engine-down", { case: "signal", signal: "SIGABRT" }, "signal SIGABRT");

async function opened() {
  const home = await temporaryFolder();
  const use = createModelUse(home, () => 1000);
  const record = async () => (await use.read()).get("m");
  return { home, use, record };
}

test("the measured speed is the median of the last ten replies of sufficient length", async () => {
  const { use, record } = await opened();
  for (let speed = 1; speed <= 12; speed++) await use.replied(file, { tokens: 50, tokensPerSecond: speed });
  await use.replied(file, { tokens: 2, tokensPerSecond: 900 });
  const known = await record();
  expect(known).toMatchObject({ lastUsedAt: 1000 });
  expect(known === undefined ? null : medianSpeed(known)).toBe(7.5);
});

test("speeds are kept for each backend, and the shown one is of the backend used last", async () => {
  const { use, record } = await opened();
  const reply = (backend: "cpu" | "vulkan", tokensPerSecond: number) =>
    use.replied(file, { tokens: 50, tokensPerSecond, backend });
  await use.replied(file, { tokens: 50, tokensPerSecond: 24 });
  await reply("cpu", 26);
  await reply("vulkan", 2);
  const known = await record();
  if (known === undefined) throw new Error("Nothing was recorded.");
  expect(medianSpeed(known)).toBe(2);
  expect(speedsByBackend(known)).toEqual([
    { backend: "vulkan", tokensPerSecond: 2 },
    { backend: "cpu", tokensPerSecond: 25 },
  ]);
  await reply("cpu", 28);
  expect(await record()).toMatchObject({ tokensPerSecond: [24, 26, 28], otherBackends: { vulkan: [2] } });
});

test("another file at the same path starts without a history", async () => {
  const { use, record } = await opened();
  await use.replied(file, { tokens: 50, tokensPerSecond: 5 });
  await use.loadBegins({ ...file, fingerprint: "other" });
  expect(await record()).toMatchObject({ fingerprint: "other", lastUsedAt: null, tokensPerSecond: [] });
});

test("a crash marks a new model at once, and one that worked before after the second in a row", async () => {
  const { use, record } = await opened();
  expect(await use.crashed(file, crash, false)).toBe(true);
  expect((await record())?.mark).toEqual({ at: 1000, cause: "stopped", reason: "signal SIGABRT" });
  await use.clearMark(file);
  expect((await record())?.mark).toBeNull();
  await use.replied(file, { tokens: 9, tokensPerSecond: 5 });
  expect(await use.crashed(file, crash, false)).toBe(false);
  await use.replied(file, { tokens: 9, tokensPerSecond: 5 });
  expect(await use.crashed(file, crash, false)).toBe(false);
  expect(await use.crashed(file, crash, false)).toBe(true);
});

test("a load whose process is gone marks the model; one that still runs or has ended does not", async () => {
  const { home, use, record } = await opened();
  await use.loadBegins(file);
  expect((await record())?.mark).toBeNull();
  const path = join(home, "model-use.json");
  const gone = (await readFile(path, "utf8")).replace(/"pid":\d+,"at":\d+/, `"pid":2147483646,"at":${Date.now()}`);
  await writeFile(path, gone);
  expect((await record())?.mark).toMatchObject({ cause: "appEnded" });
  await use.clearMark(file);
  expect((await record())?.mark).toBeNull();
  await use.loadBegins(file);
  await use.loadEnds(file);
  expect(await record()).toMatchObject({ loading: null, mark: null });
});

test("a damaged file loses its content, and nothing else", async () => {
  const { home, use, record } = await opened();
  await writeFile(join(home, "model-use.json"), "{");
  expect(await record()).toBeUndefined();
  await use.replied(file, { tokens: 9, tokensPerSecond: 5 });
  expect(await record()).toMatchObject({ tokensPerSecond: [5] });
});
