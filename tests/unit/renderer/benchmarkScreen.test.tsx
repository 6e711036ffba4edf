// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type {
  BenchmarkComparison,
  BenchmarkProgress,
  BenchmarkResult,
  BenchmarkRun,
  BenchmarkState,
} from "../../../electron/contract/benchmark.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import Benchmark from "../../../renderer/features/benchmark/Benchmark.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";
import { fakeBridge, nano } from "./fakeBridge.ts";

afterEach(cleanup);

const run: BenchmarkRun = {
  id: "b1",
  modelId: nano.id,
  modelName: nano.name,
  plan: { kind: "standard", minutes: 10 },
  startedAt: 1,
};
const quiet = { noisy: false, reasons: [], otherLoadCores: 0, stolenCores: 0 };
const conditions = conditionsWith({ model: { id: nano.id, name: nano.name } });
const result = (id: string, more: Partial<BenchmarkResult> = {}) => benchmarkResult({ id, conditions, ...more });
const progress: BenchmarkProgress = {
  tests: [
    { name: "pp512", depth: 0, repeats: 5, samples: [300, 310, 305, 306, 304] },
    { name: "tg128", depth: 0, repeats: 5, samples: [24, 25] },
  ],
  leftOut: [],
  test: 1,
  run: 3,
  secondsLeft: 150,
  fraction: 0.4,
  noise: quiet,
};

function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge({ "benchmark.start": () => ({ state: "queued", run }), ...answers });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <Benchmark />
    </StoresContext>,
  );
  return { ...fake, tell: (state: BenchmarkState) => act(() => fake.emit("benchmark.changed", state)) };
}
const withHistory = (...results: BenchmarkResult[]): Parameters<typeof fakeBridge>[0] => ({
  "benchmark.history": () => ({ machineId: conditions.machine.id, results, changes: [] }),
});
const runButton = () => screen.findByRole("button", { name: "Run benchmark" });
const settings = {
  threads: null,
  batchSize: null,
  gpuLayers: null,
  flashAttention: null,
  kvCacheType: null,
  memoryMapped: null,
};

test("before any result, the standard plan is one click away", async () => {
  const { named } = open();
  fireEvent.click(await runButton());
  expect(await screen.findByText(/Nothing has been measured on this machine yet/)).toBeTruthy();
  await waitFor(() =>
    expect(named("benchmark.start")).toEqual([{ modelId: nano.id, plan: { kind: "standard", minutes: 10 }, settings }]),
  );
  // The request would start the engine.
  expect(named("benchmark.recheck")).toEqual([]);
});

test("custom lengths, depths, repeats and threads are measured as entered", async () => {
  const { named } = open();
  fireEvent.change(await screen.findByLabelText("Plan"), { target: { value: "custom" } });
  fireEvent.change(screen.getByLabelText("Depths"), { target: { value: "0, x" } });
  expect(screen.getByRole("alert").textContent).toContain("whole numbers");
  expect((await runButton()).hasAttribute("disabled")).toBe(true);
  fireEvent.change(screen.getByLabelText("Depths"), { target: { value: "1024" } });
  fireEvent.change(screen.getByLabelText("Read"), { target: { value: "" } });
  for (const [label, value] of [
    ["Repeats", "3"],
    ["Threads", "4"],
  ] as const) {
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
    fireEvent.blur(screen.getByLabelText(label));
  }
  fireEvent.click(await runButton());
  await waitFor(() =>
    expect(named("benchmark.start")).toEqual([
      {
        modelId: nano.id,
        plan: { kind: "custom", tests: [{ promptTokens: 0, generatedTokens: 128, depth: 1024 }], repeats: 3 },
        settings: { ...settings, threads: 4 },
      },
    ]),
  );
});

test("each state shows what is happening; runs, noise and left-out tests appear as they come", async () => {
  const { tell, named } = open();
  await runButton();
  tell({ state: "queued", run });
  expect(screen.getByText("Waiting for the current reply to finish")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Run benchmark" })).toBeNull();
  tell({ state: "preparing", run, step: "hashing", fraction: 0.5 });
  expect(screen.getByText(/SHA-256/)).toBeTruthy();
  tell({ state: "preparing", run, step: "loading", fraction: 0.25 });
  expect(screen.getByText("Loading the model")).toBeTruthy();
  expect(screen.getByRole<HTMLProgressElement>("progressbar").value).toBe(25);
  const unmeasured = progress.tests.map((each) => ({ ...each, samples: [] }));
  tell({ state: "measuring", run, progress: { ...progress, tests: unmeasured, test: 0, run: 0, secondsLeft: null } });
  expect(screen.getByText("pp512: warming up")).toBeTruthy();
  expect(screen.getByText("Estimating the time left…")).toBeTruthy();
  const noise = {
    ...quiet,
    noisy: true,
    reasons: [{ code: "other-load" as const, facts: { case: "all" as const, share: 0.6 } }],
  };
  const leftOut = [{ name: "tg128", depth: 8192, reason: { code: "context" as const, facts: { most: 4096 } } }];
  tell({ state: "measuring", run, progress: { ...progress, noise, leftOut } });
  expect(screen.getByText("tg128: timed run 3 of 5")).toBeTruthy();
  expect(screen.getByText("3 min left")).toBeTruthy();
  expect(screen.getByRole<HTMLProgressElement>("progressbar").value).toBe(40);
  expect(within(screen.getByRole("row", { name: /tg128/ })).getByText("2 of 5")).toBeTruthy();
  expect(within(screen.getByRole("row", { name: /tg128/ })).getByText("24.5")).toBeTruthy();
  expect(screen.getByText("Other programs used 60 % of the processor during the measurements.")).toBeTruthy();
  expect(screen.getByText("tg128 at depth 8,192").parentElement?.textContent).toContain(
    "The model’s context holds 4,096 tokens at most.",
  );
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("benchmark.stop")).toHaveLength(1));
});

test("however it ends, it shows what was kept and what to do", async () => {
  const { tell } = open();
  await runButton();
  const kept = result("b1", { ending: "stopped" });
  const died = { code: "engine-down" as const };
  tell({ state: "ended", run, outcome: "complete", result: { ...kept, endedAt: 61_000 }, problem: null });
  expect(screen.getByText("Done in 1 min.")).toBeTruthy();
  tell({ state: "ended", run, outcome: "stopped", result: kept, problem: null });
  expect(screen.getByText("Stopped. The results of 2 tests are kept.")).toBeTruthy();
  tell({ state: "ended", run, outcome: "stopped", result: null, problem: null });
  expect(screen.getByText("Stopped. Nothing was measured.")).toBeTruthy();
  tell({ state: "ended", run, outcome: "engine-died", result: kept, problem: died });
  expect(screen.getByRole("alert").textContent).toContain("The results of 2 tests are kept. Run it again.");
  expect(screen.getByRole("alert").textContent).not.toContain("message");
  const nothing = { code: "benchmark-nothing-to-measure" as const };
  tell({ state: "ended", run, outcome: "failed", result: null, problem: nothing });
  expect(screen.getByRole("alert").textContent).toContain("Choose a smaller model or smaller tests");
  const full = { code: "disk-full" as const };
  tell({ state: "ended", run, outcome: "complete", result: kept, problem: full });
  expect(screen.getByRole("alert").textContent).toContain("it is not in the history. Export it now");
  expect(screen.getByRole("region", { name: "Result" }).textContent).toContain("104.0");
  expect(await runButton()).toBeTruthy();
});

test("after leaving the screen and returning, the model that was measured is chosen, and its end stands only with it", async () => {
  const other = { ...nano, id: "other", name: "Other" };
  const kept = result("b1", { endedAt: 61_000 });
  open({
    ...withHistory(kept),
    "models.list": () => [other, nano],
    "benchmark.state": () => ({ state: "ended", run, outcome: "complete", result: kept, problem: null }),
  });
  expect(await screen.findByText("Done in 1 min.")).toBeTruthy();
  const form = within(screen.getByRole("form", { name: "New benchmark" }));
  const model = form.getByRole<HTMLSelectElement>("combobox", { name: "Model" });
  expect(model.value).toBe(nano.id);
  expect(screen.getByRole("region", { name: "Result" })).toBeTruthy();
  fireEvent.change(model, { target: { value: "other" } });
  expect(screen.queryByText("Done in 1 min.")).toBeNull();
});

test("a result shows medians, spread, times, memory, why it is noisy, and every condition on a click", async () => {
  const message = "The machine switched to battery during the measurements.";
  const noise = { ...quiet, noisy: true, reasons: [{ code: "power" as const, facts: { case: "battery" as const } }] };
  const discarded = [{ tokensPerSecond: 2, reason: "slept" as const }];
  const tests = [testResult(512, 0, [300, 310, 305]), { ...testResult(0, 128, [24, 25, 26]), discarded }];
  open(withHistory(result("r1", { noise, tests })));
  const shown = within(await screen.findByRole("region", { name: "Result" }));
  const row = shown.getByRole("row", { name: /tg128/ }).textContent;
  expect(row).toContain("25.0");
  expect(row).toContain("24.5 to 25.5");
  expect(row).toContain("1 run not counted: the machine was asleep.");
  for (const text of [message, "1.20 s", "0.90 s", "2.00 GB", "5 min"]) expect(shown.getByText(text)).toBeTruthy();
  expect(shown.getByText(/SHA-256/).closest("details")?.open).toBe(false);
});

test("after a change of the engine, a short check with the same settings is offered", async () => {
  const start = { modelId: nano.id, plan: { kind: "quick" as const }, settings: { ...settings, threads: 2 } };
  const { named, answers, emit } = open({
    ...withHistory(result("r1")),
    "benchmark.recheck": () => ({
      lastResultId: "r1",
      changes: [{ part: "llama" as const, was: "b6000", is: "b6100" }],
      start,
      verdict: null,
    }),
  });
  const notice = within(await screen.findByRole("complementary", { name: "Check again" }));
  expect(notice.getByText(/llama.cpp was b6000 and is now b6100./)).toBeTruthy();
  fireEvent.click(notice.getByRole("button", { name: "Check again (30 s)" }));
  await waitFor(() => expect(named("benchmark.start")).toEqual([start]));
  const since = new Date(2026, 8, 3, 14, 5).getTime();
  const verdict = { since, speed: { change: "slower" as const, ratio: 0.88 }, reading: null };
  answers["benchmark.recheck"] = () => ({ lastResultId: "r2", changes: [], start, verdict });
  answers["benchmark.history"] = () => ({
    machineId: conditions.machine.id,
    results: [result("r2", { startedAt: Date.UTC(2026, 8, 9) }), result("r1")],
    changes: [],
  });
  act(() => emit("benchmark.historyChanged", {}));
  expect(await screen.findByText("12 % slower than on 3 Sept 2026, 14:05 with the same settings.")).toBeTruthy();
  expect(screen.queryByRole("complementary", { name: "Check again" })).toBeNull();
});

test("the history shows one result, compares two and says why they cannot be, and removes after confirmation", async () => {
  const older = result("old", { startedAt: Date.UTC(2026, 8, 1, 12), plan: "quick", ending: "stopped" });
  const comparison: BenchmarkComparison = {
    resultIds: ["old", "new"],
    comparable: false,
    differences: [
      { condition: "threads", values: [2, 4], matters: true },
      { condition: "contextSize", values: [1024, 2048], matters: false },
    ],
    tests: [
      {
        name: "tg128",
        depth: 0,
        speeds: [
          { speed: testResult(0, 128, [25, 25, 25]).tokensPerSecond, ratio: null },
          {
            speed: testResult(0, 128, [20, 20, 20]).tokensPerSecond,
            ratio: { value: 0.8, low: 0.77, high: 0.83, change: "slower" },
          },
        ],
      },
      {
        name: "pp512",
        depth: 0,
        speeds: [
          { speed: null, ratio: null },
          { speed: null, ratio: null },
        ],
      },
    ],
  };
  const { named } = open({ ...withHistory(result("new"), older), "benchmark.compare": () => comparison });
  const history = within(await screen.findByRole("region", { name: "History" }));
  expect(history.getAllByRole("row")).toHaveLength(3);
  expect(history.getByText("stopped")).toBeTruthy();
  expect(history.getByText("tg128 over time, tok/s")).toBeTruthy();
  fireEvent.click(history.getByRole("button", { name: /1 Sept 2026/ }));
  expect(within(screen.getByRole("region", { name: "Result" })).getByText(/Quick, 1 Sept 2026/)).toBeTruthy();

  const boxes = history.getAllByRole("checkbox");
  for (const box of boxes.slice(0, 1)) fireEvent.click(box);
  expect(history.getByRole("button", { name: "Compare" }).hasAttribute("disabled")).toBe(true);
  for (const box of boxes.slice(1)) fireEvent.click(box);
  fireEvent.click(history.getByRole("button", { name: "Compare" }));
  const compared = within(await screen.findByRole("region", { name: "Comparison" }));
  expect(named("benchmark.compare")).toEqual([{ resultIds: ["old", "new"] }]);
  expect(compared.getByText("Not comparable. These conditions differ: threads (2 and 4).")).toBeTruthy();
  expect(compared.getByText("20 % slower (17 to 23)")).toBeTruthy();
  expect(within(compared.getByRole("row", { name: /threads/ })).getByText("affects the speed")).toBeTruthy();
  expect(within(compared.getByRole("row", { name: /context/ })).queryByText("affects the speed")).toBeNull();

  fireEvent.click(history.getByRole("button", { name: "Remove…" }));
  expect(named("benchmark.remove")).toEqual([]);
  fireEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(named("benchmark.remove")).toEqual([{ resultIds: ["old", "new"] }]));
});

test("results of other machines are listed only on request, and marked", async () => {
  const elsewhere = result("far", {
    conditions: conditionsWith({ model: conditions.model, machine: { id: "elsewhere" } }),
  });
  open(withHistory(elsewhere, result("here")));
  const history = within(await screen.findByRole("region", { name: "History" }));
  expect(history.getAllByRole("checkbox")).toHaveLength(1);
  fireEvent.change(history.getByLabelText("Machine"), { target: { value: "all" } });
  expect(history.getAllByRole("checkbox")).toHaveLength(2);
  expect(history.getByText("another machine")).toBeTruthy();
});

test("a long history shows its newest results, and all of them on a click", async () => {
  const many = Array.from({ length: 40 }, (_, index) => result(`r${index}`, { startedAt: 1e12 - index * 1e9 }));
  open(withHistory(...many));
  const history = within(await screen.findByRole("region", { name: "History" }));
  expect(history.getAllByRole("checkbox")).toHaveLength(12);
  fireEvent.click(history.getByRole("button", { name: "Show all 40 results" }));
  expect(history.getAllByRole("checkbox")).toHaveLength(40);
});

test("an export is copied or saved under the workbench's name; a cancelled dialog reports nothing", async () => {
  const { named, answers } = open({
    ...withHistory(result("r1")),
    "benchmark.export": ({ format }) => ({ fileName: `benchmark.${format}`, text: `as ${format}` }),
    "shell.saveFile": ({ fileName }) => fileName,
    "shell.copyText": () => null,
  });
  const shown = within(await screen.findByRole("region", { name: "Result" }));
  const choose = async (name: string) => {
    fireEvent.click(shown.getByRole("button", { name: "Export" }));
    fireEvent.click(await screen.findByRole("menuitem", { name }));
  };
  await choose("Copy as Markdown");
  expect(await shown.findByText("Copied.")).toBeTruthy();
  expect(named("shell.copyText")).toEqual([{ text: "as md" }]);
  await choose("Save as JSON Lines…");
  expect(await shown.findByText("Saved as benchmark.jsonl.")).toBeTruthy();
  expect(named("shell.saveFile")).toEqual([{ fileName: "benchmark.jsonl", content: "as jsonl" }]);
  answers["shell.saveFile"] = () => null;
  await choose("Save as CSV…");
  await waitFor(() => expect(named("shell.saveFile")).toHaveLength(2));
  expect(shown.getByRole("status").textContent).toBe("");
});

test("what cannot be read or started is reported, and can be tried again", async () => {
  const { answers } = open({
    "benchmark.history": () => {
      throw new WorkbenchError("store-failed", undefined, "The disk went away.");
    },
    "benchmark.start": () => {
      throw new WorkbenchError("benchmark-running");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toContain("The disk went away.");
  Object.assign(answers, withHistory(result("r1")));
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("region", { name: "History" })).toBeTruthy();
  fireEvent.click(await runButton());
  expect((await screen.findByRole("alert")).textContent).toContain("A benchmark is running.");
});

test("without a model, there is a link to get one", async () => {
  open({ "models.list": () => [] });
  expect((await screen.findByRole("link", { name: "Get a model" })).getAttribute("href")).toBe("#/models");
});
