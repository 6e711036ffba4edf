import { expect, test } from "vitest";
import { tuneProgress, tuneText } from "../../../electron/cli/tuneText.ts";
import { tuneDocument } from "../../../electron/cli/tuneDocument.ts";
import type { TuneState } from "../../../electron/contract/tune.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const speed = (median: number) => ({ median, lowerQuartile: median - 0.5, upperQuartile: median + 0.5 });
const before = { reading: speed(60), writing: speed(15), replySeconds: 226 };
const ended: Extract<TuneState, { state: "ended" }> = {
  state: "ended",
  run: { id: "t", modelId: "m", modelName: "Distill", minutes: 2, allowLossy: false, startedAt: 0 },
  outcome: "complete",
  trials: [
    {
      setting: "threads",
      to: 2,
      from: 4,
      outcome: "gain",
      faster: 1.65,
      writing: { change: "faster", ratio: 1.67 },
      reading: { change: "faster", ratio: 1.5 },
      why: { finding: { code: "changed", facts: { ratio: 1.65 } } },
    },
  ],
  left: [],
  before,
  proposal: {
    changes: [{ setting: "threads", to: 2, from: 4 }],
    before,
    after: { reading: speed(90), writing: speed(25), replySeconds: 137 },
    faster: 1.65,
    lossy: false,
    sameOutput: true,
    comparedTokens: 32,
  },
  problem: null,
};

const english = openTexts("en");

test("a proposal is shown with its figures, its gain, and that nothing has changed yet", () => {
  const text = tuneText(english, ended, null);
  expect(text).toContain("Tried 2 threads instead of 4: 65 % faster.");
  expect(text).toContain("Settings were found that are 65 % faster.");
  expect(text).toContain("Before: writing 15.0 tok/s (14.5 to 15.5), reading 60.0 tok/s (59.5 to 60.5).");
  expect(text).toContain(
    "A typical R1 reply (1,280 tokens read, 3,072 written) takes 2 min 17 s instead of 3 min 46 s: 65 % faster.",
  );
  expect(text).toContain("With a fixed prompt, the 32 most likely tokens are the same as before.");
  expect(text).toContain("Nothing has been changed.");
});

test("a proposal is shown in French", () => {
  const text = tuneText(openTexts("fr"), ended, null).replaceAll(/[\u00a0\u202f]/g, " ");
  expect(text).toContain("Essai : 2 threads au lieu de 4 ; 65 % plus rapide.");
  expect(text).toContain("Avant : écriture 15,0 tok/s (14,5 à 15,5), lecture 60,0 tok/s (59,5 à 60,5).");
});

test("without a proposal, says so and what was left out for lack of time", () => {
  const text = tuneText(
    english,
    { ...ended, outcome: "time", left: ["flashAttention", "batchSize"], proposal: null },
    null,
  );
  expect(text).toContain(
    "No faster settings were found among those tried. " +
      "Within 2 min, there was no time to try flash attention and other batch sizes.",
  );
});

test("if no trial was finished, nothing is said to be the fastest", () => {
  const finding = { code: "unfinished", facts: {} } as const;
  const trials = ended.trials.map((trial) => ({ ...trial, outcome: "unfinished" as const, why: { finding } }));
  const cut = { ...ended, trials, proposal: null };
  const text = tuneText(english, { ...cut, outcome: "time", left: ["threads", "flashAttention"] }, null);
  expect(text).toContain(
    "No other settings could be compared. " +
      "Within 2 min, there was no time to try other numbers of threads and flash attention.",
  );
  expect(tuneText(english, { ...cut, outcome: "stopped" }, null)).toContain(
    "Stopped. No other settings could be compared.",
  );
});

test("a gain in reading alone is not reported as a loss", () => {
  const { proposal } = ended;
  const reading = { ...ended, proposal: proposal && { ...proposal, faster: 0.992 } };
  expect(tuneText(english, reading, null)).toContain("\nFaster settings were found.\n");
});

test("progress shows the trial, the step, the time left and disturbances", () => {
  const trials = ended.trials.map((trial) => ({ ...trial, outcome: "trying" as const, why: null }));
  const noise = { code: "throttled", facts: {} } as const;
  const progress = { step: "measuring" as const, trials, before, secondsLeft: 41.2, noise };
  expect(tuneProgress(english, { state: "trying", run: ended.run, progress })).toBe(
    "Measuring: 2 threads instead of 4; at most 41 s left (The processor slowed down because of heat.)",
  );
});

test("for programs, labels and messages are in English, beside codes and facts", () => {
  const { trials, proposal } = tuneDocument(ended, null);
  expect(trials).toEqual([{ ...ended.trials[0], label: "2 threads instead of 4", message: "65 % faster." }]);
  expect(proposal?.changes).toEqual([{ setting: "threads", to: 2, from: 4, label: "2 threads instead of 4" }]);
});
