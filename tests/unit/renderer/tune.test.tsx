// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { AppliedTuning, TuneProposal, TuneState, TuneTrial } from "../../../electron/contract/tune.ts";
import Tune from "../../../renderer/features/tune/Tune.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { createTuneStore } from "../../../renderer/stores/tune.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge, nano } from "./fakeBridge.ts";

afterEach(cleanup);

const run = { id: "t1", modelId: "r1-nano", modelName: "R1 Nano", minutes: 2, allowLossy: false, startedAt: 1000 };
const speed = (median: number) => ({ median, lowerQuartile: median - 0.5, upperQuartile: median + 0.5 });
const before = { reading: speed(60), writing: speed(15), replySeconds: 226 };
const proposal: TuneProposal = {
  changes: [{ setting: "threads", to: 2, from: 4 }],
  before,
  after: { reading: speed(90), writing: speed(25), replySeconds: 137 },
  faster: 1.65,
  lossy: false,
  sameOutput: true,
  comparedTokens: 32,
};
const gain: TuneTrial = {
  setting: "threads",
  to: 2,
  from: 4,
  outcome: "gain",
  faster: 1.65,
  writing: { change: "faster", ratio: 1.67 },
  reading: { change: "faster", ratio: 1.5 },
  why: { finding: { code: "changed", facts: { ratio: 1.65 } } },
};
const ended = (more: Partial<Extract<TuneState, { state: "ended" }>> = {}): TuneState => ({
  state: "ended",
  run,
  outcome: "complete",
  trials: [gain],
  left: [],
  before,
  proposal,
  problem: null,
  ...more,
});
const applied: AppliedTuning = { ...proposal, appliedAt: 2000, previous: { threads: null } };

async function open(answers: Parameters<typeof fakeBridge>[0] = {}) {
  const fake = fakeBridge({ "tune.state": () => ({ state: "none" }), "tune.applied": () => null, ...answers });
  render(
    <StoresContext value={createStores(openDoor(fake.bridge))}>
      <Tune />
    </StoresContext>,
  );
  await screen.findByRole("form", { name: "New tuning" });
  return fake;
}

test("it starts with the model, the time and whether lossy settings are allowed", async () => {
  const fake = await open();
  fireEvent.change(screen.getByLabelText("Time at most"), { target: { value: "10" } });
  fireEvent.click(screen.getByRole("checkbox"));
  fireEvent.click(screen.getByRole("button", { name: "Start tuning" }));
  await waitFor(() =>
    expect(fake.named("tune.start")).toEqual([{ modelId: "r1-nano", minutes: 10, allowLossy: true }]),
  );
});

test("after leaving the screen and returning, the model that was tuned is chosen, and its outcome is shown", async () => {
  const other = { ...nano, id: "other", name: "Other" };
  await open({ "models.list": () => [other, nano], "tune.state": () => ended() });
  expect(await screen.findByText("Settings were found that are 65 % faster.")).toBeTruthy();
  const model = screen.getByRole<HTMLSelectElement>("combobox", { name: "Model" });
  expect(model.value).toBe(nano.id);
  expect(screen.getByRole("button", { name: "Apply 1 change" })).toBeTruthy();
  fireEvent.change(model, { target: { value: "other" } });
  expect(screen.queryByText("Settings were found that are 65 % faster.")).toBeNull();
});

test("while it runs, it shows the current trial, the outcomes of the others, the time left, and a way to stop", async () => {
  const fake = await open();
  const working: TuneTrial = {
    setting: "flashAttention",
    to: false,
    from: true,
    outcome: "trying",
    faster: null,
    writing: null,
    reading: null,
    why: null,
  };
  const trials = [gain, working];
  act(() =>
    fake.emit("tune.changed", {
      state: "trying",
      run,
      progress: {
        step: "measuring",
        trials,
        before,
        secondsLeft: 48,
        noise: { code: "other-load", facts: { case: "writing", share: 0.5 } },
      },
    }),
  );
  expect(screen.getByText("Measuring: flash attention off")).toBeTruthy();
  expect(screen.getByText("at most 48 s left")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "Tuning" }).getAttribute("value")).toBe("60");
  expect(
    screen.getByText("Measuring again. Other programs used 50 % of the processor while writing was measured."),
  ).toBeTruthy();
  const [, first, second] = within(screen.getByRole("table", { name: "Tried" })).getAllByRole("row");
  const cells = (row: HTMLElement | undefined): (string | null)[] =>
    [...(row?.children ?? [])].map(({ textContent }) => textContent);
  expect(cells(first)).toEqual(["Threads", "4", "2", "+67 %", "+50 %", "faster"]);
  expect(cells(second)).toEqual(["Flash attention", "on", "off", "…", "…", "in progress"]);
  expect(screen.getByRole("heading").textContent).toBe("+67 % writing so far, +50 % reading so far");
  expect(screen.getByRole<HTMLSelectElement>("combobox", { name: "Model" }).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  await waitFor(() => expect(fake.named("tune.stop")).toHaveLength(1));
});

test("a proposal shows before and after, and is applied and undone on a click", async () => {
  let inForce: AppliedTuning | null = null;
  const fake = await open({ "tune.state": () => ended(), "tune.applied": () => inForce });
  await screen.findByText("Settings were found that are 65 % faster.");
  expect(screen.getByRole("heading").textContent).toBe("+67 % writing, +50 % reading");
  expect(screen.getByText("writing 15.0 to 25.0 tok/s").closest("p")?.textContent).toBe(
    "writing 15.0 to 25.0 tok/s\u00a0· reading 60.0 to 90.0 tok/s\u00a0· typical R1 reply 3 min 46 s to 2 min 17 s",
  );
  expect(fake.named("tune.apply")).toEqual([]);
  screen.getByRole("button", { name: "Apply 1 change" }).focus();
  fireEvent.click(screen.getByRole("button", { name: "Apply 1 change" }));
  await waitFor(() => expect(fake.named("tune.apply")).toEqual([{ runId: "t1" }]));
  inForce = applied;
  act(() => fake.emit("models.changed", {}));
  expect(await screen.findByRole("button", { name: "Undo" })).toBe(document.activeElement);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(screen.queryByRole("button", { name: "Apply 1 change" })).toBeNull();
  await waitFor(() => expect(fake.named("tune.undo")).toEqual([{ modelId: "r1-nano" }]));
  inForce = null;
  act(() => fake.emit("models.changed", {}));
  await screen.findByRole("button", { name: "Apply 1 change" });
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("what an earlier tuning applied can be undone, and the new proposal can still be applied", async () => {
  await open({ "tune.state": () => ended({ run: { ...run, startedAt: 3000 } }), "tune.applied": () => applied });
  await screen.findByRole("button", { name: "Undo" });
  expect(screen.getByRole("button", { name: "Apply 1 change" })).toBeTruthy();
});

test("nothing found, time up, lossy and failed are distinguished", async () => {
  const fake = await open({ "tune.state": () => ended({ proposal: null }) });
  await screen.findByText("No faster settings were found, so nothing needs to change.");
  act(() => fake.emit("tune.changed", ended({ outcome: "time", left: ["flashAttention", "batchSize"] })));
  expect(
    screen.getByText(
      "Settings were found that are 65 % faster. Within 2 min, there was no time to try flash attention and other batch sizes.",
    ),
  ).toBeTruthy();
  act(() => fake.emit("tune.changed", ended({ proposal: { ...proposal, lossy: true, sameOutput: false } })));
  expect(
    screen.getByText(
      "Lossy: keys and values are kept with less precision. With a fixed prompt, the output differs from before.",
    ),
  ).toBeTruthy();
  const problem = { code: "engine-down" as const };
  act(() => fake.emit("tune.changed", ended({ outcome: "failed", proposal: null, problem })));
  expect(screen.getByRole("alert").textContent).toContain("The engine stopped while it was working.");
});

test("a start that is refused shows why", async () => {
  await open({
    "tune.start": () => {
      throw new WorkbenchError("tune-running");
    },
  });
  fireEvent.click(await screen.findByRole("button", { name: "Start tuning" }));
  expect((await screen.findByRole("alert")).textContent).toContain("This machine is being tuned.");
});

test("of two requests, the newer one's answer is shown, however late the older one's arrives", async () => {
  const answers: ((tuning: AppliedTuning | null) => void)[] = [];
  const fake = fakeBridge({ "tune.applied": () => new Promise((resolve) => answers.push(resolve)) });
  const store = createTuneStore(openDoor(fake.bridge));
  const older = store.getState().readApplied("a");
  const newer = store.getState().readApplied("b");
  answers[1]?.(null);
  await newer;
  answers[0]?.(applied);
  await older;
  expect(store.getState().applied).toEqual({ modelId: "b", tuning: null });
});
