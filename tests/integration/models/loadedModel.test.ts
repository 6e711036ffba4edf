import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { EngineState } from "../../../electron/contract/engine.ts";
import type { LoadState, FileModel } from "../../../electron/contract/models.ts";
import { readFacts } from "../../../electron/engine/gguf/readFacts.ts";
import { createChoicesStore } from "../../../electron/workbench/models/choicesStore.ts";
import { KeptStates } from "../../../electron/workbench/engines/KeptStates.ts";
import { createModelUse } from "../../../electron/workbench/engines/modelUse.ts";
import { openEngines } from "../../../electron/workbench/engines/openEngines.ts";
import { openSettingsStore } from "../../../electron/workbench/settings/settingsStore.ts";
import { engineForTests, nanoPath } from "../../support/engine/engineForTests.ts";
import { hostileGgufs, oddButSoundGgufs } from "../../support/hostileGgufs.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** A workbench whose home holds these models. */
async function withModels(files: Record<string, Buffer>): Promise<TestWorkbench> {
  const home = await temporaryFolder();
  await mkdir(join(home, "models"));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(home, "models", name), bytes);
  return await openTestWorkbench(home);
}

const enginePid = (state: EngineState) => ("info" in state ? state.info.pid : null);

test("every odd but valid file loads in llama.cpp, one after the other", { timeout: 120_000 }, async () => {
  const files = oddButSoundGgufs.map(({ bytes }, index) => [`odd-${index}.gguf`, bytes()] as const);
  const { workbench, events } = await withModels(Object.fromEntries(files));
  for (const [index, { name }] of oddButSoundGgufs.entries()) {
    const loaded = await workbench.call("models.load", { modelId: `odd-${index}` });
    expect(loaded, name).toMatchObject({ state: "ready", modelId: `odd-${index}`, facts: { contextSize: 512 } });
  }
  const crashes = events.filter(({ name, data }) => name === "engine.changed" && "failures" in data);
  expect(crashes).toEqual([]);
  await workbench.call("models.unload", {});
  expect(await workbench.call("models.loaded", {})).toEqual({ state: "none" });
});

test("hostile files are listed and refused, and never crash the engine", { timeout: 120_000 }, async () => {
  const files = hostileGgufs.map(({ bytes }, index) => [`hostile-${index}.gguf`, bytes()] as const);
  const { workbench } = await withModels(Object.fromEntries(files));
  const models = await workbench.call("models.list", {});
  await workbench.call("engine.start", {});
  const before = enginePid(await workbench.call("engine.state", {}));
  for (const [index, { name, code }] of hostileGgufs.entries()) {
    const model = models.find(({ id }) => id === `hostile-${index}`);
    expect(model?.problems, name).toMatchObject([{ code }]);
    const loaded = await workbench.call("models.load", { modelId: `hostile-${index}` });
    expect(loaded, name).toMatchObject({ state: "failed", problem: { code } });
  }
  expect(await workbench.call("models.load", { modelId: "r1-nano" })).toMatchObject({ state: "ready" });
  expect(before).not.toBeNull();
  expect(enginePid(await workbench.call("engine.state", {}))).toBe(before);
});

test("progress is reported, a load can be cancelled, and a crash of the engine unloads the model", async () => {
  const home = await temporaryFolder();
  const settings = await openSettingsStore({ home });
  const told: LoadState[] = [];
  let onGone: () => void = () => undefined;
  let cancelsLoads = true;
  const facts = await readFacts(nanoPath);
  const { api, handlers, close } = openEngines({
    openEngine: (onState) => engineForTests({ onState }).client,
    settings,
    cores: () => Promise.resolve(1),
    choices: createChoicesStore(home),
    use: createModelUse(home),
    kept: new KeptStates({ home, limitBytes: () => 2e9 }),
    checkAgain: () => Promise.resolve(null),
    library: { facts: () => Promise.resolve(facts) },
    onEvent(name, data) {
      if (name !== "models.loadedChanged") return;
      const loaded = data as LoadState;
      told.push(loaded);
      if (loaded.state === "none") onGone();
      if (loaded.state === "loading" && cancelsLoads) void handlers["models.cancelLoad"]({});
    },
  });
  onTestFinished(() => close());
  const { architecture, family, parameters, quantization, contextLength, licence, sizeBytes } = facts;
  const nano: FileModel = {
    id: "r1-nano",
    name: "R1 Nano",
    source: { kind: "file", path: nanoPath },
    builtIn: true,
    owner: "app",
    lastUsedAt: null,
    measuredTokensPerSecond: null,
    verified: null,
    problems: [],
    architecture,
    family,
    parameters,
    quantization,
    contextLength,
    licence,
    sizeBytes,
  };

  expect(await api.load(nano)).toBe(false);
  expect(api.loaded).toEqual({ state: "none" });

  cancelsLoads = false;
  expect(await api.load(nano)).toBe(true);
  expect(api.loaded).toMatchObject({ state: "ready", facts: { contextSize: 2048 }, need: { contextSize: 2048 } });
  expect(told.map(({ state }) => state)).toEqual(expect.arrayContaining(["loading", "ready"]));

  const gone = new Promise<void>((resolve) => {
    onGone = resolve;
  });
  const { state } = api;
  if (state.state !== "ready" && state.state !== "busy") throw new Error("the engine should be running");
  process.kill(state.info.pid, "SIGKILL");
  await gone;
  expect(await api.load(nano)).toBe(true);
  expect(api.loaded).toMatchObject({ state: "ready", modelId: "r1-nano" });
});
