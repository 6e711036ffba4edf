// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { CallResult } from "../../../electron/contract/calls.ts";
import type { MachineProfile } from "../../../electron/contract/hardware.ts";
import HardwareScreen from "../../../renderer/features/hardware/HardwareScreen.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores, type Stores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { texts } from "../../../renderer/texts.ts";
import { fakeBridge } from "./fakeBridge.ts";

afterEach(() => {
  cleanup();
  void texts.choose("en");
});

const profile: MachineProfile = {
  os: { platform: "linux", name: "Debian", release: "6.1", architecture: "x64" },
  cpu: {
    model: "Processor 9",
    physicalCores: 8,
    logicalCores: 16,
    usableCores: 12,
    defaultThreads: 8,
    features: ["AVX2"],
  },
  memory: {
    totalBytes: 32e9,
    freeBytes: 20e9,
    bandwidthBytesPerSecond: 44e9,
    bandwidthProblem: null,
    bandwidthNoise: null,
  },
  gpus: [],
  backends: [{ name: "cuda", usable: false, reason: { code: "noDriver" }, advice: "restart" }],
  disk: { freeBytes: 1e12, totalBytes: 2e12, readBytesPerSecond: null, readProblem: "noModel" },
  power: { source: "battery", batteryPercent: 80, mode: null },
  thermal: { throttled: true, celsius: 91 },
};

function open(answers: Parameters<typeof fakeBridge>[0], tab = "machine") {
  const fake = fakeBridge(answers);
  const stores = createStores(openDoor(fake.bridge));
  show(stores, tab);
  return { ...fake, stores };
}

function show(stores: Stores, tab: string) {
  render(
    <StoresContext value={stores}>
      <HardwareScreen tab={tab} tune={<p>Tuning</p>} benchmark={<p>Benchmarks</p>} />
    </StoresContext>,
  );
}

test("the address names the tab; arrow keys change it, and only the machine's tab measures the machine", async () => {
  window.location.hash = "#/hardware";
  const { named } = open({ "hardware.profile": () => profile }, "");
  expect(screen.getByRole("tab", { name: "Benchmark" }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("tabpanel", { name: "Benchmark" }).textContent).toBe("Benchmarks");
  expect(screen.queryByText("Tuning")).toBeNull();
  fireEvent.keyDown(screen.getByRole("tab", { name: "Benchmark" }), { key: "ArrowRight" });
  await waitFor(() => expect(window.location.hash).toBe("#/hardware/tune"));
  expect(named("hardware.profile")).toEqual([]);
});

test("each fact about the machine says what it means for models", async () => {
  open({ "hardware.profile": () => profile });
  expect(await screen.findByText("Processor 9, 8 cores, 16 threads")).toBeTruthy();
  expect(
    screen.getByText(
      "12 of 16 threads can be used here. A model gets 8 threads unless you choose another number. Instruction sets in use: AVX2.",
    ),
  ).toBeTruthy();
  expect(screen.getByText("On the processor, about 40 tok/s at most for a 1.1 GB model.")).toBeTruthy();
  const backend = screen.getByText(/The app does not include this backend.*Restart the app/).parentElement;
  expect(backend?.textContent).toMatch(/^CUDA not usable/);
  expect(screen.getByText("Many machines generate more slowly on battery.")).toBeTruthy();
  expect(screen.getByText("91 °C, slowed down by heat")).toBeTruthy();
});

test("the machine is read once when it is shown, and again when a component was installed or removed", async () => {
  const { emit, named } = open({ "hardware.profile": () => profile });
  expect(await screen.findByText("Processor 9, 8 cores, 16 threads")).toBeTruthy();
  await waitFor(() => expect(named("components.list")).toHaveLength(1));
  expect(named("hardware.profile")).toHaveLength(1);
  emit("components.changed", []);
  await waitFor(() => expect(named("hardware.profile")).toHaveLength(2));
});

test("a fast disk is said to take hundredths of a second, not none", async () => {
  const disk = { ...profile.disk, readBytesPerSecond: 25e9, readProblem: null };
  open({ "hardware.profile": () => ({ ...profile, disk }) });
  expect(await screen.findByText("A 1.1 GB model loads in 0.04 s at best.")).toBeTruthy();
});

test("what is not known is left out; what can be measured later says so", async () => {
  open({
    "hardware.profile": () => ({
      ...profile,
      memory: { ...profile.memory, bandwidthBytesPerSecond: null, bandwidthProblem: "busy" },
      backends: [{ name: "metal", usable: false, reason: { code: "macosOnly" }, advice: null }],
      power: { source: "unknown", batteryPercent: null, mode: null },
      thermal: { throttled: null, celsius: null },
    }),
  });
  expect(await screen.findByText("The engine is busy. Measure again when it has finished.")).toBeTruthy();
  for (const absent of ["Power", "Temperature", "Loaded model", "Metal", /There is no model to read/]) {
    expect(screen.queryByText(absent)).toBeNull();
  }
});

test("in Chinese, sentences and lists have Chinese signs and no space between them", async () => {
  await texts.choose("zh-CN");
  const gpus: MachineProfile["gpus"] = [
    { name: "Card 1", backend: "vulkan", totalBytes: 8e9, freeBytes: 6e9, driver: "1.2" },
  ];
  open({
    "hardware.profile": () => ({ ...profile, gpus, cpu: { ...profile.cpu, features: ["AVX2", "FMA"] } }),
  });
  expect(await screen.findByText("Debian，x64")).toBeTruthy();
  expect(screen.getByText(/个线程。使用的指令集：AVX2、FMA。$/)).toBeTruthy();
  expect(screen.getByText("Card 1，8.00 GB，可用 6.00 GB，驱动 1.2")).toBeTruthy();
  expect(screen.getByText("电池，电量 80%")).toBeTruthy();
});

test("the copy for a bug report is the workbench's report without names, in English", async () => {
  const { calls } = open({
    "hardware.profile": () => profile,
    "hardware.report": () => ({ profile: { ...profile, gpus: [] }, loaded: null }),
    "shell.copyText": () => null,
  });
  fireEvent.click(await screen.findByRole("button", { name: "Copy for a bug report" }));
  await screen.findByText("Copied, without names and paths.");
  const copied = calls.find(({ name }) => name === "shell.copyText")?.input as { text: string };
  expect(copied.text).toContain("System: Debian · linux 6.1 · x64\nProcessor: Processor 9\n");
  expect(copied.text).toContain("Memory: 32.00 GB, 20.00 GB free\nMemory speed: 44.00 GB/s\n");
  expect(copied.text).toContain("Backend CUDA: Not usable · The app does not include this backend,");
  expect(copied.text).toContain("Disk speed: Not measured · There is no model to read.\n");
});

test("measuring again requests it; a failure is shown and the known values stay", async () => {
  const { calls } = open({
    "hardware.profile": ({ measureAgain }) => {
      if (measureAgain === true) throw new WorkbenchError("store-failed", undefined, "The disk went away.");
      return profile;
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Measure again" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The disk went away.");
  expect(calls).toContainEqual({ name: "hardware.profile", input: { measureAgain: true } });
  expect(screen.getByText(/^Processor 9/)).toBeTruthy();
});

test("without a tab in the address, it opens the one on which something runs, or else the one that was shown last", async () => {
  const shown = (name: string) => screen.getByRole("tab", { name, selected: true });
  open({}, "machine");
  cleanup();
  open({}, "");
  expect(shown("This machine")).toBeTruthy();
  expect(window.location.hash).toBe("#/hardware/machine");
  cleanup();
  const run = { id: "t1", modelId: "r1-nano", modelName: "R1 Nano" };
  const trying = { state: "trying", run } as unknown as CallResult<"tune.state">;
  const { stores } = open({ "tune.state": () => trying }, "machine");
  await waitFor(() => expect(stores.tune.getState().phase).toEqual(trying));
  cleanup();
  show(stores, "");
  expect(shown("Tune")).toBeTruthy();
});
