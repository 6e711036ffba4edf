// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { BackendComparison } from "../../../electron/contract/backendSpeeds.ts";
import { type Backend, type EngineInfo, unusableBackend } from "../../../electron/contract/engine.ts";
import type { SpeedTrials } from "../../../electron/contract/fit.ts";
import { BackendChoiceFact } from "../../../renderer/features/hardware/BackendChoiceFact.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge, settings } from "./fakeBridge.ts";

afterEach(cleanup);

const probe = (backend: Backend) => ({ ...unusableBackend(backend, { code: "found" }), usable: true });
const info: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3.21.1",
  llamaRelease: "b1",
  backend: "vulkan",
  probes: [probe("vulkan"), probe("cpu")],
  computeCores: 4,
  cpuFeatures: [],
};
const speedOn = (backend: Backend, value: number): BackendComparison["backends"][number] => {
  const range = { value, low: value * 0.9, high: value * 1.1 };
  return {
    backend,
    devices: [],
    software: false,
    measured: { code: "trials" },
    speed: { generation: range, reading: range },
  };
};
const measured: BackendComparison = {
  model: "R1 Distill",
  setting: null,
  backends: [speedOn("cpu", 12), speedOn("vulkan", 40)],
  choice: { backend: "vulkan", why: "faster" },
  others: [{ name: "R1 Nano", backend: "cpu" }],
};
const trials: SpeedTrials = { state: "ready", measuredAt: 1, noisy: false, estimated: false, stale: false };

/** Shows the choice on a machine where the user's choice takes effect. */
function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  let chosen: Backend | null = null;
  const fake = fakeBridge({
    "engine.state": () => ({ state: "ready", info }),
    "fit.trials": () => trials,
    "fit.backends": () =>
      chosen === null ? measured : { ...measured, setting: chosen, choice: { backend: chosen, why: "chosen" } },
    "settings.change": (change) => {
      chosen = change.backend ?? null;
      const changed = { ...settings, backend: chosen };
      fake.emit("settings.changed", changed);
      return changed;
    },
    ...answers,
  });
  const stores = createStores(openDoor(fake.bridge));
  const shown = render(
    <StoresContext value={stores}>
      <dl>
        <BackendChoiceFact />
      </dl>
    </StoresContext>,
  );
  return { ...fake, ...shown };
}

const list = async () => await screen.findByRole<HTMLSelectElement>("combobox");
const hint = (id: string | null): string => document.getElementById(id ?? "")?.textContent ?? "";

test("with two measured backends, it says which one runs the models and why, and which models are exceptions", async () => {
  open();
  const select = await list();
  await waitFor(() => expect([...select.options].map(({ text }) => text)).toHaveLength(3));
  expect([...select.options].map(({ value }) => value)).toEqual(["", "cpu", "vulkan"]);
  expect(select.value).toBe("");
  expect(hint(select.getAttribute("aria-describedby"))).toBe(
    "R1 Distill runs on Vulkan, which is the fastest for it. R1 Nano runs on the processor.",
  );
  expect(screen.getByRole("button", { name: "Measure backends again" })).toBeTruthy();
});

test("choosing the other backend stores that, and the reason follows; automatic takes it back", async () => {
  const { named } = open();
  const select = await list();
  await waitFor(() => expect(select.options).toHaveLength(3));
  fireEvent.change(select, { target: { value: "cpu" } });
  expect(await screen.findByText(/^Replies run on the processor, as you chose\./)).toBeTruthy();
  expect(select.value).toBe("cpu");
  fireEvent.change(select, { target: { value: "" } });
  expect(await screen.findByText(/^R1 Distill runs on Vulkan, which is the fastest for it\./)).toBeTruthy();
  expect(named("settings.change")).toEqual([{ backend: "cpu" }, { backend: null }]);
});

test("an old or disturbed measurement is said to be that, and can be made again", async () => {
  const { named } = open({ "fit.trials": () => ({ ...trials, stale: true }), "fit.measure": () => trials });
  expect(await screen.findByText(/The measurement is old or incomplete\.$/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Measure backends again" }));
  await waitFor(() => expect(screen.queryByText(/old or incomplete/)).toBeNull());
  expect(named("fit.measure")).toEqual([{ again: true }]);
});

test("with one backend there is nothing to choose", async () => {
  const { named } = open({
    "fit.backends": () => ({ ...measured, backends: [speedOn("cpu", 12)], choice: { backend: "cpu", why: "only" } }),
  });
  await waitFor(() => expect(named("fit.backends")).not.toEqual([]));
  await act(async () => {});
  expect(screen.queryByRole("combobox")).toBeNull();
});

test("the backends are compared again after each reply while they are shown, and no longer than that", async () => {
  const { named, emit, unmount } = open();
  await list();
  const before = named("fit.backends").length;
  act(() => emit("engine.changed", { state: "ready", info }));
  await waitFor(() => expect(named("fit.backends").length).toBe(before + 1));
  unmount();
  emit("engine.changed", { state: "ready", info });
  emit("models.changed", {});
  await new Promise((resolve) => setImmediate(resolve));
  expect(named("fit.backends").length).toBe(before + 1);
});
