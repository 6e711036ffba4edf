import { expect, test, vi } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Preset } from "../../../electron/contract/presets.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createPresetsStore } from "../../../renderer/stores/presets.ts";
import { fakeBridge } from "./fakeBridge.ts";

test("a deleted preset can be restored until that has worked", async () => {
  const deleted = { preset: { id: "p1", name: "Explain", text: "Explain {{this}}." }, index: 0 };
  const list: Preset[] = [];
  let isFull = true;
  const { bridge, named } = fakeBridge({
    "presets.delete": () => deleted,
    "presets.restore": ({ preset }) => {
      if (isFull) throw new WorkbenchError("disk-full");
      list.push(preset);
      return null;
    },
  });
  const { getState } = createPresetsStore(openDoor(bridge));
  await getState().remove("p1");
  await getState().undoRemove();
  expect(getState()).toMatchObject({ deleted, problem: { code: "disk-full" } });
  isFull = false;
  await getState().undoRemove();
  expect(getState()).toMatchObject({ deleted: null, problem: null });
  expect(list).toEqual([deleted.preset]);
  await getState().undoRemove();
  expect(named("presets.restore")).toHaveLength(2);
});

test("the presets are read again each time they are shown, because `r1` may have added some", async () => {
  let list: Preset[] = [];
  const { bridge } = fakeBridge({ "presets.list": () => list });
  const { getState } = createPresetsStore(openDoor(bridge));
  getState().open();
  await vi.waitFor(() => expect(getState().list).toEqual({ state: "ready", value: [] }));
  getState().close();
  list = [{ id: "p1", name: "From r1", text: "Explain." }];
  getState().open();
  await vi.waitFor(() => expect(getState().list).toEqual({ state: "ready", value: list }));
});
