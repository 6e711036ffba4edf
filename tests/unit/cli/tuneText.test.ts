import { expect, test } from "vitest";
import { tuneProgress, tuneText } from "../../../electron/cli/tuneText.ts";
import type { TuneState } from "../../../electron/contract/tune.ts";

const speed = (median: number) => ({ median, lowerQuartile: median - 0.5, upperQuartile: median + 0.5 });
const before = { reading: speed(60), writing: speed(15), replySeconds: 226 };
const ended: Extract<TuneState, { state: "ended" }> = {
  state: "ended",
  run: { id: "t", modelId: "m", modelName: "Distill", minutes: 2, allowLossy: false, startedAt: 0 },
  outcome: "complete",
  trials: [
    {
      setting: "threads",
      label: "2 threads instead of 4",
      outcome: "gain",
      faster: 1.65,
      message: "65 % faster.",
    },
  ],
  left: [],
  before,
  proposal: {
    changes: [{ setting: "threads", to: 2, label: "2 threads instead of 4" }],
    before,
    after: { reading: speed(90), writing: speed(25), replySeconds: 137 },
    faster: 1.65,
    lossy: false,
    sameOutput: true,
    comparedTokens: 32,
  },
  problem: null,
};

test("a proposal is told with its figures, its gain, and that nothing is changed yet", () => {
  const text = tuneText(ended, null);
  expect(text).toContain("Tried 2 threads instead of 4: gain. 65 % faster.");
  expect(text).toContain("Before: 15.0 (14.5 to 15.5) tokens/s written, 60.0 (59.5 to 60.5) read.");
  expect(text).toContain("A usual reply of R1 takes 2.3 min instead of 3.8 min: 65 % faster.");
  expect(text).toContain("Nothing is changed.");
});

test("without a proposal it says so, and what there was no time for", () => {
  const text = tuneText(
    { ...ended, outcome: "time", left: ["flash attention", "other batches"], proposal: null },
    null,
  );
  expect(text).toContain("2 minutes left no time to try flash attention, other batches.");
  expect(text).toContain("the settings stay as they are");
});

test("progress names the trial, the step, the time left and what disturbs it", () => {
  const trials = ended.trials.map((trial) => ({ ...trial, outcome: "trying" as const }));
  const progress = { step: "measuring" as const, trials, before, secondsLeft: 41.2, noise: "Others are busy." };
  expect(tuneProgress({ state: "trying", run: ended.run, progress })).toBe(
    "trying 2 threads instead of 4: measuring; 42 s left (Others are busy.)",
  );
});
