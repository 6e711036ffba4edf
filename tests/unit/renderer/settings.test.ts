import { expect, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createSettingsStore } from "../../../renderer/stores/settings.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

/** Opens the store on main's settings, which keep every change. */
async function open() {
  let kept: Settings = { ...settings, contextSize: 4096 };
  const fake = fakeBridge({
    "settings.get": () => kept,
    "settings.change": (change) => (kept = { ...kept, ...(change as Partial<Settings>) }),
  });
  const store = createSettingsStore(openDoor(fake.bridge));
  await vi.waitFor(() => expect(store.getState().settings).not.toBeNull());
  return { ...fake, store };
}

test("a change takes effect at once, and undoing it restores the value before it", async () => {
  const { store, named } = await open();
  await store.getState().changeUndoably({ contextSize: null });
  expect(store.getState().settings?.contextSize).toBeNull();
  expect(store.getState().changed).toEqual({ setting: "contextSize", before: { contextSize: 4096 } });
  await store.getState().undo();
  expect(store.getState().settings?.contextSize).toBe(4096);
  expect(store.getState().changed).toBeNull();
  await store.getState().undo();
  expect(named("settings.change")).toEqual([{ contextSize: null }, { contextSize: 4096 }]);
});

test("only the last change can be undone, and not after it was dismissed", async () => {
  const { store } = await open();
  await store.getState().changeUndoably({ theme: "dark" });
  await store.getState().changeUndoably({ density: "compact" });
  await store.getState().undo();
  expect(store.getState().settings).toMatchObject({ theme: "dark", density: "comfortable" });
  await store.getState().changeUndoably({ density: "compact" });
  store.getState().forgetChange();
  await store.getState().undo();
  expect(store.getState().settings).toMatchObject({ theme: "dark", density: "compact" });
});

test("what was not changed cannot be undone, and says why", async () => {
  const { store, answers } = await open();
  answers["settings.change"] = () => {
    throw new WorkbenchError("disk-full", {});
  };
  await store.getState().changeUndoably({ theme: "dark" });
  expect(store.getState().problem?.code).toBe("disk-full");
  expect(store.getState().changed).toBeNull();
});
