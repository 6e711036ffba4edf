import { cpus } from "node:os";
import { expect, test } from "vitest";
import type { SettingsInUse } from "../../../electron/contract/tune.ts";
import { tuned } from "./tunedMachine.ts";

/** Two cores: more threads are slower. */
const byThreads: Record<number, number> = { 4: 15, 2: 25, 1: 16 };
const smallMachine = ({ threads }: SettingsInUse) => ({
  reading: (byThreads[threads] ?? 1) * 4,
  writing: byThreads[threads] ?? 1,
});
const steady = () => ({ reading: 100, writing: 25 });
const jitter = (run: number): number => 1 + ([0, 0.01, -0.01, 0.004, -0.006][run % 5] ?? 0);

test("four threads on two cores: two are proposed, with figures from before and after", async () => {
  const { proposal, outcomes, outcome, before, trials } = await tuned({ speeds: smallMachine, wobble: jitter });
  expect(outcome).toBe("complete");
  expect(outcomes.slice(0, 2)).toEqual(["threads: gain", "threads: no-gain"]);
  expect(proposal?.changes).toEqual([{ setting: "threads", to: 2, from: 4 }]);
  expect(proposal).toMatchObject({ lossy: false, sameOutput: true });
  expect(proposal?.faster).toBeCloseTo(25 / 15, 1);
  expect(before?.writing.median).toBeCloseTo(15, 0);
  expect(proposal?.after.writing.median).toBeCloseTo(25, 0);
  expect(trials[0]).toMatchObject({ writing: { change: "faster" }, reading: { change: "faster" } });
  expect(trials[0]?.writing?.ratio).toBeCloseTo(25 / 15, 1);
  expect(trials[1]).toMatchObject({ writing: { change: "slower" }, reading: { change: "slower" } });
});

test("two minutes are enough to correct four threads that take seconds per token", async () => {
  const { proposal, secondsUsed } = await tuned({
    speeds: ({ threads }) =>
      threads > 2 ? { reading: 2.4, writing: 0.1 } : { reading: 30 * threads, writing: 12 * threads },
    minutes: 2,
  });
  expect(proposal).toMatchObject({ changes: [{ setting: "threads", to: 2 }], comparedTokens: 2 });
  expect(secondsUsed).toBeLessThanOrEqual(120);
});

test("threads are changed without loading, all else with it, and loads that were tried are trials", async () => {
  const { loads, inUse } = await tuned({ speeds: smallMachine });
  expect(loads[0]?.options.settings).toBeUndefined();
  expect(loads.slice(1).every(({ options }) => options.contextSize === 8192)).toBe(true);
  // The settings in use are loaded again between two trials.
  const isInUse = (settings: Partial<SettingsInUse> | undefined): boolean =>
    Object.entries(inUse).every(([name, value]) => settings?.[name as keyof SettingsInUse] === value);
  for (const { options } of loads.slice(1)) {
    const asked = options.settings as Partial<SettingsInUse> | undefined;
    expect(options.isTrial).toBe(!isInUse(asked));
  }
  expect(loads.some(({ options }) => options.settings?.threads === 1)).toBe(false);
});

test("if nothing gains, nothing is proposed, however much the runs spread", async () => {
  for (const wobble of [() => 1, jitter, (run: number) => 1 + ((run * 37) % 11) / 50]) {
    const { proposal, outcomes } = await tuned({ speeds: steady, wobble });
    expect(proposal).toBeNull();
    expect(outcomes).not.toContain("threads: gain");
    expect(new Set(outcomes.map((text) => text.split(": ")[1]))).toEqual(new Set(["no-gain"]));
  }
});

test("a machine that becomes faster in the middle gives no advantage to what was tried then", async () => {
  const { proposal } = await tuned({ speeds: steady, wobble: (run) => (run < 9 ? 1 : 1.5) });
  expect(proposal).toBeNull();
});

test("nothing is concluded under the load of other programs; a short disturbance is waited out", async () => {
  const busy = await tuned({ speeds: smallMachine, otherCores: () => 1 });
  expect(busy.proposal).toBeNull();
  expect(busy.outcomes[0]).toBe("threads: unclear");
  expect(busy.trials[0]?.why).toEqual({
    noise: { code: "other-load", facts: { case: expect.any(String), share: 1 / cpus().length } },
  });
  const once = await tuned({ speeds: smallMachine, otherCores: (measurement) => (measurement === 3 ? 1 : 0) });
  expect(once.outcomes[0]).toBe("threads: gain");
});

test("what does not fit, crashes or fails is reported, and the tuning continues; the model is not marked for it", async () => {
  const { outcomes, proposal, marked, outcome, trials } = await tuned({
    speeds: smallMachine,
    inUse: { batchSize: 128 },
    loadFails: ({ flashAttention, batchSize, memoryMapped }) =>
      !flashAttention
        ? "engine-down"
        : batchSize === 256
          ? "model-too-large"
          : !memoryMapped
            ? "model-load-failed"
            : null,
  });
  expect(outcome).toBe("complete");
  expect(trials.at(-1)).toMatchObject({ writing: null, reading: null });
  expect(outcomes).toEqual([
    "threads: gain",
    "threads: no-gain",
    "flashAttention: crashed",
    "batchSize: does-not-fit",
    "memoryMapped: failed",
  ]);
  expect(proposal?.changes).toMatchObject([{ setting: "threads", to: 2 }]);
  expect(marked).toEqual([]);
});

test("a crash while measuring a trial fails only that trial", async () => {
  const { outcomes, marked } = await tuned({
    speeds: smallMachine,
    measureFails: ({ threads }) => (threads === 2 ? "engine-hung" : null),
  });
  expect(outcomes[0]).toBe("threads: crashed");
  expect(marked).toEqual([]);
});

test("a crash with the settings in use ends the tuning and is reported, once", async () => {
  const { outcome, problem, marked } = await tuned({
    speeds: steady,
    measureFails: (_settings, measurement) => (measurement === 2 ? "engine-down" : null),
  });
  expect(outcome).toBe("failed");
  expect(problem).toMatchObject({ code: "engine-down" });
  expect(marked).toHaveLength(1);
});

test("faster settings that fail after they were accepted are not proposed, and the model is not marked", async () => {
  let visits = 0;
  const { outcome, proposal, marked } = await tuned({
    speeds: smallMachine,
    measureFails: ({ threads }) => (threads === 2 && ++visits === 3 ? "engine-down" : null),
  });
  expect({ outcome, proposal, marked }).toEqual({ outcome: "failed", proposal: null, marked: [] });
});

test("faster settings that write different text are not proposed", async () => {
  const { outcomes, proposal, trials } = await tuned({
    speeds: ({ flashAttention }) => ({ reading: 100, writing: flashAttention ? 20 : 30 }),
    inUse: { threads: 2 },
    writes: ({ flashAttention }) => (flashAttention ? 7 : 6),
  });
  expect(outcomes).toContain("flashAttention: other-output");
  expect(trials.find(({ setting }) => setting === "flashAttention")?.why).toEqual({
    finding: { code: "other-output", facts: { token: 1 } },
  });
  expect(proposal).toBeNull();
});

test("lossy keys and values are proposed only if allowed, marked, and reported to write different text", async () => {
  const script = {
    speeds: ({ kvCacheType }: SettingsInUse, depth: number) => ({
      reading: 400,
      writing: kvCacheType === "q8_0" && depth > 0 ? 30 : 20,
    }),
    inUse: { threads: 2, gpuLayers: 29 },
    backend: "vulkan" as const,
    writes: ({ kvCacheType }: SettingsInUse) => (kvCacheType === "q8_0" ? 6 : 7),
  };
  expect((await tuned(script)).proposal).toBeNull();
  const allowed = await tuned({ ...script, allowLossy: true });
  expect(allowed.proposal).toMatchObject({
    lossy: true,
    sameOutput: false,
    changes: [{ setting: "kvCacheType", to: "q8_0" }],
  });
});

test("several gains are proposed together only if they hold together against the settings in use", async () => {
  const speeds = ({ threads, flashAttention }: SettingsInUse) => ({
    reading: 400,
    writing: (threads === 2 ? 25 : 15) * (flashAttention ? 1 : 1.3),
  });
  const { proposal, loads } = await tuned({ speeds });
  expect(proposal?.changes.map(({ setting }) => setting)).toEqual(["threads", "flashAttention"]);
  expect(proposal?.faster).toBeGreaterThan(2);
  expect(loads.at(-1)?.options.settings).toMatchObject({ flashAttention: false });
});

test("gains that do not hold together are not proposed, not even in part", async () => {
  let isConfirming = false;
  const { proposal, outcomes } = await tuned({
    speeds: ({ threads, flashAttention }) => ({
      reading: 400,
      writing: isConfirming ? 15 : (threads === 2 ? 25 : 15) * (flashAttention ? 1 : 1.3),
    }),
    onState: (state) => {
      // Between two trials nothing is measured, so a measurement without a trial is the final one.
      if (state.state === "trying" && state.progress.before !== null) {
        const last = state.progress.trials.at(-1)?.outcome;
        isConfirming = last !== undefined && last !== "trying";
      }
    },
  });
  expect(outcomes.filter((text) => text.endsWith(": gain"))).toHaveLength(2);
  expect(proposal).toBeNull();
});

test("the time limit is kept: nothing is started that would exceed it, and what was found stays", async () => {
  const { outcome, proposal, secondsUsed, outcomes, loads } = await tuned({
    speeds: smallMachine,
    minutes: 1.5,
    loadSeconds: 20,
  });
  expect(outcome).toBe("time");
  expect(secondsUsed).toBeLessThanOrEqual(90);
  expect(outcomes[0]).toBe("threads: gain");
  expect(outcomes.some((text) => text.includes("flashAttention"))).toBe(false);
  expect(loads).toHaveLength(1);
  expect(proposal?.changes).toMatchObject([{ to: 2 }]);
});

test("if the time runs out during a trial, the trial remains unfinished", async () => {
  const { outcome, outcomes, proposal, left } = await tuned({
    speeds: ({ threads }) => ({ reading: threads === 2 ? 1 : 100, writing: 25 }),
    minutes: 1,
  });
  expect({ outcome, proposal, outcomes, left }).toEqual({
    outcome: "time",
    proposal: null,
    outcomes: ["threads: unfinished"],
    left: ["threads", "flashAttention", "batchSize", "memoryMapped"],
  });
});

test("a stop keeps what was found", async () => {
  const { outcome, proposal, outcomes } = await tuned({
    speeds: smallMachine,
    onState: (state, stop) => {
      if (state.state === "trying" && state.progress.trials.at(-1)?.setting === "flashAttention") stop();
    },
  });
  expect(outcome).toBe("stopped");
  expect(outcomes.at(-1)).toBe("flashAttention: unfinished");
  expect(proposal?.changes).toMatchObject([{ setting: "threads", to: 2 }]);
});
