import { expect, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { createEngineStore } from "../../../renderer/stores/engine.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createModelsStore } from "../../../renderer/stores/models.ts";
import { createSettingsStore } from "../../../renderer/stores/settings.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

const tooLarge = { code: "model-too-large" } as const;

test("a load that fails leaves its state and the reason", async () => {
  const failed = { state: "failed", modelId: "q7", name: "Q7", problem: tooLarge } as const;
  const { bridge } = fakeBridge({ "models.load": () => failed });
  const store = createModelsStore(openDoor(bridge));
  await store.getState().load("q7");
  expect(store.getState()).toMatchObject({ loaded: failed, problem: tooLarge });
  store.getState().dismissProblem();
  expect(store.getState().problem).toBeNull();
});

test("a cancelled dialog imports nothing; a refused file shows why", async () => {
  const fake = fakeBridge({ "shell.importModel": () => null });
  const store = createModelsStore(openDoor(fake.bridge));
  expect(await store.getState().importFile()).toBeNull();
  expect(store.getState()).toMatchObject({ importing: false, problem: null });
  fake.answers["shell.importModel"] = () => {
    throw new WorkbenchError("model-not-gguf");
  };
  expect(await store.getState().importFile()).toBeNull();
  expect(store.getState().problem?.code).toBe("model-not-gguf");
});

test("an event that arrives before the snapshot is not undone by it", async () => {
  const answer: { give?: () => void } = {};
  const fake = fakeBridge({
    "engine.state": () =>
      new Promise((resolve) => {
        answer.give = () => resolve({ state: "starting" });
      }),
  });
  const store = createEngineStore(openDoor(fake.bridge));
  await vi.waitFor(() => expect(answer.give).toBeDefined());
  fake.emit("engine.changed", { state: "stopped" });
  answer.give?.();
  await new Promise(setImmediate);
  expect(store.getState().engine).toEqual({ state: "stopped" });
});

test("settings follow main, wherever they were changed", async () => {
  const fake = fakeBridge({ "settings.change": (change) => ({ ...settings, theme: change.theme ?? "system" }) });
  const store = createSettingsStore(openDoor(fake.bridge));
  await store.getState().change({ theme: "dark" });
  expect(store.getState().settings?.theme).toBe("dark");
  fake.emit("settings.changed", { ...settings, theme: "light" });
  expect(store.getState().settings?.theme).toBe("light");
});
