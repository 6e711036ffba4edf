// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import type {
  BenchmarkProgress,
  BenchmarkResult,
  BenchmarkRun,
  BenchmarkState,
} from "../../../electron/contract/benchmark.ts";
import type { BenchmarkComparison } from "../../../electron/contract/benchmarkComparison.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import Benchmark from "../../../renderer/features/benchmark/Benchmark.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { benchmarkResult, conditionsWith, testResult } from "../../support/benchmark/benchmarkResult.ts";
import { fakeBridge, nano, page } from "./fakeBridge.ts";

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
  largePages: null,
};

test("before any result, the standard plan is one click away", async () => {
  const { named } = open();
  fireEvent.click(await runButton());
  expect(await screen.findByText(/^Nothing measured yet\. A quick run takes about 30 s/)).toBeTruthy();
  await waitFor(() =>
    expect(named("benchmark.start")).toEqual([{ modelId: nano.id, plan: { kind: "standard", minutes: 10 }, settings }]),
  );
  // The request would start the engine.
  expect(named("benchmark.recheck")).toEqual([]);
});

test("a model that has no results says so by its name above the results of others", async () => {
  open(withHistory(result("r1", { conditions: conditionsWith({ model: { id: "other", name: "Other" } }) })));
  const words = await screen.findByText(/^R1 Nano has not been measured on this machine yet\./);
  const history = screen.getByRole("region", { name: "History" });
  expect(words.compareDocumentPosition(history) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(screen.queryByText(/^Nothing measured yet/)).toBeNull();
});

test("the form says what will be done and how long it takes, from the last time if there was one", async () => {
  // The time is an element of its own, so that no line ends between the number and its unit.
  const hint = () => document.querySelector(".setup-form > .fact-line")?.textContent;
  open(withHistory(result("r1", { startedAt: 0, endedAt: 228_000 })));
  await waitFor(() => expect(hint()).toMatch(/^Reads 512 tokens and writes 128 at depths .* About 4 min\. Close what/));
  fireEvent.change(screen.getByLabelText("Plan"), { target: { value: "quick" } });
  expect(hint()).toMatch(/into an empty context, two to five times each\. About 30 s\. Close what/);
  cleanup();
  open();
  await waitFor(() => expect(hint()).toMatch(/At most 10 min\. Close what/));
  fireEvent.change(screen.getByLabelText("Time at most"), { target: { value: "60" } });
  expect(hint()).toMatch(/At most 60 min\. Close what/);
});

test("custom lengths, depths, repeats and threads are measured as entered", async () => {
  const { named } = open();
  fireEvent.change(await screen.findByLabelText("Plan"), { target: { value: "custom" } });
  const type = (label: string, value: string): void => {
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
  };
  type("Depths, tokens", "0, x");
  expect(screen.getByRole("alert").textContent).toContain("whole numbers");
  expect((await runButton()).hasAttribute("disabled")).toBe(true);
  type("Depths, tokens", "1024");
  type("Read, tokens", "");
  type("Repeats", "0");
  expect(screen.getByRole("alert").textContent).toContain("from 1 to 1,000");
  type("Repeats", "3");
  fireEvent.click(screen.getByRole("button", { name: "Settings…" }));
  fireEvent.change(await screen.findByLabelText("Threads"), { target: { value: "4" } });
  fireEvent.blur(screen.getByLabelText("Threads"));
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
  (await runButton()).focus();
  tell({ state: "queued", run });
  // The focus stays where it was.
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Stop" }));
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
  expect(screen.getByRole("heading").textContent).toBe("24.5 tok/s writing, 305.0 tok/s reading");
  expect(screen.getByText("Other programs used 60 % of the processor during the measurements.")).toBeTruthy();
  expect(screen.getByText(/Left out: tg128 at depth 8,192\. The model’s context holds 4,096 tokens/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(named("benchmark.stop")).toHaveLength(1));
});

test("however it ends, it shows what was kept and what to do", async () => {
  const { tell } = open();
  await runButton();
  const kept = result("b1", { ending: "stopped" });
  const died = { code: "engine-down" as const };
  tell({ state: "ended", run, outcome: "complete", result: { ...kept, endedAt: 61_000 }, problem: null });
  expect(screen.getByText(/^Done in 1 min\./).textContent).toBe(
    "Done in 1 min. 25.0 tok/s writing and 104.0 tok/s reading",
  );
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
  expect(await screen.findByText(/^Done in 1 min\./)).toBeTruthy();
  const form = within(screen.getByRole("form", { name: "New benchmark" }));
  const model = form.getByRole<HTMLSelectElement>("combobox", { name: "Model" });
  expect(model.value).toBe(nano.id);
  expect(screen.getByRole("region", { name: "Result" })).toBeTruthy();
  fireEvent.change(model, { target: { value: "other" } });
  expect(screen.queryByText(/^Done in/)).toBeNull();
});

test("a result shows its speeds, what they mean, spread, times, memory, and why it is noisy; all conditions on a click", async () => {
  const message = "The machine switched to battery during the measurements.";
  const noise = {
    noisy: true,
    reasons: [{ code: "power" as const, facts: { case: "battery" as const } }],
    otherLoadCores: 0.32,
    stolenCores: 0,
  };
  const discarded = [{ tokensPerSecond: 2, reason: "slept" as const }];
  const tests = [testResult(512, 0, [300, 310, 305], 2048), { ...testResult(0, 128, [24, 25, 26]), discarded }];
  open(withHistory(result("r1", { noise, tests })));
  const shown = within(await screen.findByRole("region", { name: "Result" }));
  expect(shown.getByRole("heading").textContent).toBe("25.0 tok/s writing, 305.0 tok/s reading");
  expect(shown.getByText(/more than 4 times as fast as you read/)).toBeTruthy();
  const row = within(shown.getByRole("row", { name: /^tg128/ }));
  expect(row.getByText("25.0")).toBeTruthy();
  expect(row.getByText("± 0.5").title).toBe("Timed runs in order: 24.0, 25.0, 26.0 tok/s");
  expect(within(shown.getByRole("row", { name: /^pp512 @ d2048/ })).getByText(/after 2,048/)).toBeTruthy();
  for (const text of [
    message,
    "R1 Nano, Q4_K_M, 1.12 GB",
    "CPU, 2 threads",
    "flash attention on",
    "on mains",
    "other programs used 0.3 cores",
    "first token after 1.20 s",
    "loaded in 0.90 s",
    "peak memory 2.00 GB",
    "tg128: 1 run not counted, because the machine was asleep.",
  ]) {
    expect(shown.getByText(text)).toBeTruthy();
  }
  expect(shown.getByText(/took 5 min$/)).toBeTruthy();
  expect(shown.getByText(/SHA-256/).closest("details")?.open).toBe(false);
});

test("what was not measured or is not known is left out, without a word about it", async () => {
  const bare = conditionsWith({
    model: { id: nano.id, name: nano.name },
    settings: { flashAttention: null },
    power: { source: "unknown" },
    thermal: { throttled: null, celsius: null },
  });
  open(withHistory(result("r1", { conditions: bare, ttftMs: null, peakMemoryBytes: null })));
  const shown = within(await screen.findByRole("region", { name: "Result" }));
  const lines = shown.getByText("loaded in 0.90 s").closest("section")?.querySelectorAll(".fact-line") ?? [];
  const facts = [...lines].map(({ textContent }) => textContent).join("\n");
  expect(facts).not.toMatch(/flash|mains|battery|first token|memory|other programs|not /);
});

test("a run that has ended is scrolled to and gets the focus, unless the user types elsewhere", async () => {
  const before = result("before", { startedAt: 1 });
  const { tell, answers, emit } = open(withHistory(before));
  await screen.findByRole("region", { name: "Result" });
  tell({ state: "measuring", run, progress });
  expect(screen.queryByRole("region", { name: "Result" })).toBeNull();
  const after = result("b1", { tests: [testResult(0, 128, [30])] });
  Object.assign(answers, withHistory(after, before));
  tell({ state: "ended", run, outcome: "complete", result: after, problem: null });
  act(() => emit("benchmark.historyChanged", {}));
  const headline = await screen.findByRole("heading", { name: "30.0 tok/s writing" });
  await waitFor(() => expect(document.activeElement).toBe(headline));

  // While another one runs, a result is shown only if it is opened.
  tell({ state: "measuring", run, progress });
  fireEvent.click(
    within(screen.getByRole("table", { name: "Results, newest first" })).getAllByRole("button")[0] as HTMLElement,
  );
  const opened = await screen.findByRole("button", { name: "Copy table" });
  expect(opened.closest("section")?.contains(document.activeElement)).toBe(true);
  tell({ state: "ended", run, outcome: "complete", result: after, problem: null });

  const elsewhere = document.body.appendChild(document.createElement("input"));
  tell({ state: "measuring", run, progress });
  elsewhere.focus();
  tell({ state: "ended", run, outcome: "complete", result: after, problem: null });
  expect(await screen.findByRole("heading", { name: /^30.0/ })).toBeTruthy();
  expect(document.activeElement).toBe(elsewhere);
  elsewhere.remove();
});

test("while a reply waits for the benchmark, it says so", async () => {
  const chat = { id: "c1", title: "A", createdAt: 1, updatedAt: 1, runId: "run1" } as ChatSummary;
  const { tell } = open({ "chats.list": () => page([chat]) });
  await runButton();
  tell({ state: "queued", run });
  expect(screen.queryByText(/A reply is waiting/)).toBeNull();
  tell({ state: "measuring", run, progress });
  expect(await screen.findByText("A reply is waiting for the benchmark to finish.")).toBeTruthy();
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
  expect(await screen.findByText(/12 % slower than on 3 Sept 2026, 14:05 with the same settings\.$/)).toBeTruthy();
  expect(screen.queryByRole("complementary", { name: "Check again" })).toBeNull();
});

test("the history shows one result, compares two and says why they cannot be, and removes after confirmation", async () => {
  const older = result("old", { startedAt: Date.UTC(2026, 8, 1, 12), plan: "quick", ending: "stopped" });
  const comparison: BenchmarkComparison = {
    resultIds: ["old", "new"],
    comparable: false,
    solve: null,
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
  expect(history.queryByRole("checkbox")).toBeNull();
  expect(history.getByText("stopped")).toBeTruthy();
  expect(history.getByText("Quick")).toBeTruthy();
  expect(history.getByText("tg128 over time, tok/s")).toBeTruthy();
  fireEvent.click(history.getByRole("button", { name: /^1 Sept/ }));
  expect(within(screen.getByRole("region", { name: "Result" })).getByText(/^1 Sept 2026, /)).toBeTruthy();
  expect(document.activeElement?.tagName).toBe("H2");

  fireEvent.click(history.getByRole("button", { name: "Compare…" }));
  expect(document.activeElement?.getAttribute("type")).toBe("checkbox");
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

  fireEvent.click(history.getByRole("button", { name: "More" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: "Remove…" }));
  expect(named("benchmark.remove")).toEqual([]);
  fireEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(named("benchmark.remove")).toEqual([{ resultIds: ["old", "new"] }]));
  fireEvent.click(history.getByRole("button", { name: "Done" }));
  expect(document.activeElement?.className).toBe("row-button");
});

test("results of other machines are listed only on request, and marked", async () => {
  const elsewhere = result("far", {
    conditions: conditionsWith({ model: conditions.model, machine: { id: "elsewhere" } }),
  });
  open(withHistory(elsewhere, result("here")));
  const history = within(await screen.findByRole("region", { name: "History" }));
  expect(history.getAllByRole("row")).toHaveLength(2);
  fireEvent.change(history.getByLabelText("Machine"), { target: { value: "all" } });
  expect(history.getAllByRole("row")).toHaveLength(3);
  expect(history.getByText("another machine")).toBeTruthy();
});

test("a long history shows its newest results, and all of them on a click; it is one tab stop with arrow keys inside", async () => {
  const many = Array.from({ length: 200 }, (_, index) => result(`r${index}`, { startedAt: 1e12 - index * 1e9 }));
  open(withHistory(...many));
  const history = within(await screen.findByRole("region", { name: "History" }));
  expect(history.getAllByRole("row")).toHaveLength(13);
  fireEvent.click(history.getByRole("button", { name: "Show all 200 results" }));
  expect(history.getAllByRole("row")).toHaveLength(201);
  const buttons = within(history.getByRole("table")).getAllByRole("button");
  const stops = () => buttons.filter(({ tabIndex }) => tabIndex === 0);
  expect(stops()).toEqual([buttons[0]]);
  act(() => buttons[0]?.focus());
  const press = (key: string): Element | null => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
    return document.activeElement;
  };
  expect(press("ArrowDown")).toBe(buttons[1]);
  expect(press("End")).toBe(buttons[199]);
  expect(press("ArrowDown")).toBe(buttons[199]);
  expect(press("ArrowUp")).toBe(buttons[198]);
  expect(stops()).toEqual([buttons[198]]);
  expect(press("Home")).toBe(buttons[0]);
});

test("each run shows how it differs from the one before it, what slowed it down, and why it is not comparable", async () => {
  const onBattery = conditionsWith({ model: conditions.model, power: { source: "battery" } });
  open({
    "benchmark.history": () => ({
      machineId: conditions.machine.id,
      results: [
        result("r4", { startedAt: 4, conditions: onBattery }),
        result("r3", { startedAt: 3 }),
        result("r2", { startedAt: 2 }),
        result("r1", { startedAt: 1 }),
      ],
      changes: [
        { resultId: "r2", differing: ["threads"], writing: null, reading: null },
        {
          resultId: "r3",
          differing: [],
          writing: { change: "faster", ratio: 1.071 },
          reading: { change: "same", ratio: 0.999 },
        },
        {
          resultId: "r4",
          differing: [],
          writing: { change: "slower", ratio: 0.929 },
          reading: { change: "slower", ratio: 0.7 },
        },
      ],
    }),
  });
  const history = within(await screen.findByRole("region", { name: "History" }));
  const [, fourth, third, second, first] = history.getAllByRole("row").map(({ textContent }) => textContent);
  expect(fourth).toContain("25.0−7.1 %104.0−30 %on battery\u00a0· 2 threads");
  expect(history.getByText("on battery").className).toBe("tight");
  expect(third).toContain("25.0+7.1 %104.0same2 threads");
  expect(history.getByText("+7.1 %").className).toBe("accent");
  expect(second).toContain("25.0–104.0–not comparable: threads differ\u00a0· 2 threads");
  expect(first).toContain("25.0–104.0–2 threads");
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
    fireEvent.click(shown.getByRole("button", { name: "More" }));
    fireEvent.click(await screen.findByRole("menuitem", { name }));
  };
  fireEvent.click(shown.getByRole("button", { name: "Copy table" }));
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
