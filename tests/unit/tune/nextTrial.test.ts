import { expect, test } from "vitest";
import type { SettingsInUse } from "../../../electron/contract/tune.ts";
import { judgeTrial } from "../../../electron/workbench/tune/judgeTrial.ts";
import {
  bestSettings,
  nextTrial,
  type TriedTrial,
  type TuneSearch,
} from "../../../electron/workbench/tune/nextTrial.ts";

const inUse: SettingsInUse = {
  threads: 4,
  gpuLayers: 0,
  flashAttention: true,
  batchSize: 512,
  memoryMapped: true,
  largePages: false,
  kvCacheType: "f16",
};
const smallMachine = { defaultThreads: 2, usableCores: 2, hasGpu: false, hasLargePages: false, layers: 29 };

interface Script extends Partial<Omit<TuneSearch, "tried">> {
  /** The outcome of a trial: faster than the best so far, or how it fails. If omitted, no gain. */
  outcome?: (setting: string, to: unknown, best: SettingsInUse) => TriedTrial["outcome"];
}

/** Runs the search to its end on a scripted machine. */
function searched({ outcome = () => "no-gain", ...parts }: Script) {
  const tried: TriedTrial[] = [];
  const search: TuneSearch = {
    inUse,
    machine: smallMachine,
    contextSize: 8192,
    allowLossy: false,
    secondsLeft: 100,
    secondsOf: () => 1,
    ...parts,
    tried,
  };
  for (;;) {
    const next = nextTrial(search);
    if ("done" in next) {
      return {
        done: next.done,
        left: next.done === "time" ? next.left : [],
        order: tried.map(({ setting, to }) => `${setting} ${to}`),
        best: bestSettings(search.inUse, tried),
      };
    }
    const { setting, to } = next.trial;
    tried.push({ ...next.trial, outcome: outcome(setting, to, bestSettings(search.inUse, tried)) });
    expect(tried.length).toBeLessThan(50);
  }
}

test("too many threads are corrected first, and the climb ends where nothing gains", () => {
  const { order, best, done } = searched({
    outcome: (setting, to) => (setting === "threads" && to === 2 ? "gain" : "no-gain"),
  });
  expect(order.slice(0, 2)).toEqual(["threads 2", "threads 1"]);
  expect(best).toEqual({ ...inUse, threads: 2 });
  expect(done).toBe("complete");
});

test("without any gain, each setting is tried in both directions, once, the cheapest to change first", () => {
  const machine = { defaultThreads: 8, usableCores: 16, hasGpu: false, hasLargePages: false, layers: 29 };
  const { order, best } = searched({ inUse: { ...inUse, threads: 8 }, machine });
  expect(order).toEqual([
    "threads 6",
    "threads 12",
    "flashAttention false",
    "batchSize 1024",
    "batchSize 256",
    "memoryMapped false",
  ]);
  expect(best).toEqual({ ...inUse, threads: 8 });
});

test("large memory pages are tried where the system leaves the choice, with the file read into them", () => {
  const machine = { ...smallMachine, hasLargePages: true };
  const { order, best } = searched({
    inUse: { ...inUse, threads: 2 },
    machine,
    outcome: (setting) => (setting === "largePages" ? "gain" : "no-gain"),
  });
  expect(order.at(-1)).toBe("largePages true");
  expect(best).toMatchObject({ largePages: true, memoryMapped: false });
  // Without a gain from both, the reading alone is tried.
  expect(searched({ machine }).order.slice(-2)).toEqual(["largePages true", "memoryMapped false"]);
});

test("a value that gains is followed to where the gains end", () => {
  const { order, best } = searched({
    inUse: { ...inUse, threads: 2 },
    contextSize: 2048,
    outcome: (setting, to) => (setting === "batchSize" && Number(to) > 512 ? "gain" : "no-gain"),
  });
  expect(order).toEqual([
    "threads 1",
    "flashAttention false",
    "batchSize 1024",
    "batchSize 2048",
    "memoryMapped false",
  ]);
  expect(best.batchSize).toBe(2048);
});

test("what crashed, did not fit, wrote different text or was unclear is not tried again and changes nothing", () => {
  for (const outcome of ["crashed", "does-not-fit", "other-output", "unclear", "failed"] as const) {
    const { order, best, done } = searched({ outcome: () => outcome });
    expect(new Set(order).size).toBe(order.length);
    expect({ best, done }).toEqual({ best: inUse, done: "complete" });
  }
});

test("tries a GPU's layers: all of them, else halfway up until the steps are too small, and none", () => {
  const machine = { defaultThreads: 8, usableCores: 8, hasGpu: true, hasLargePages: false, layers: 33 };
  const gpuInUse = { ...inUse, threads: 8, gpuLayers: 20 };
  const { order, best } = searched({
    inUse: gpuInUse,
    machine,
    outcome: (setting, to) => {
      if (setting !== "gpuLayers") return "no-gain";
      return Number(to) > 28 ? "does-not-fit" : Number(to) > 20 ? "gain" : "no-gain";
    },
  });
  expect(order.filter((trial) => trial.startsWith("gpuLayers"))).toEqual([
    "gpuLayers 33",
    "gpuLayers 26",
    "gpuLayers 29",
    "gpuLayers 0",
  ]);
  expect(best.gpuLayers).toBe(26);
});

test("with all layers on the GPU, only the CPU alone is tried against it", () => {
  const machine = { defaultThreads: 8, usableCores: 8, hasGpu: true, hasLargePages: false, layers: 33 };
  const { order } = searched({ inUse: { ...inUse, threads: 8, gpuLayers: 33 }, machine });
  expect(order.filter((trial) => trial.startsWith("gpuLayers"))).toEqual(["gpuLayers 0"]);
});

test("lossy settings come last, only if allowed, on a graphics card, and never without flash attention", () => {
  const machine = { ...smallMachine, hasGpu: true };
  const onGpu = { ...inUse, gpuLayers: 29 };
  const triesCache = (script: Script) => searched(script).order.some((trial) => trial.startsWith("kvCacheType"));
  expect(triesCache({ machine, inUse: onGpu })).toBe(false);
  expect(searched({ allowLossy: true, machine, inUse: onGpu }).order.at(-1)).toBe("kvCacheType q8_0");
  expect(triesCache({ allowLossy: true, machine, inUse: { ...onGpu, flashAttention: false } })).toBe(false);
  // On the CPU they are slower.
  expect(triesCache({ allowLossy: true })).toBe(false);
  expect(triesCache({ allowLossy: true, machine, inUse: { ...inUse, gpuLayers: 0 } })).toBe(false);
  const quantized = searched({ allowLossy: true, machine, inUse: { ...onGpu, kvCacheType: "q8_0" } });
  expect(quantized.order.some((trial) => /kvCacheType|flashAttention/.test(trial))).toBe(false);
});

test("a trial that would not end in time is skipped for one that would, and the search says so", () => {
  const { order, done, left } = searched({
    secondsLeft: 5,
    secondsOf: ({ setting }) => (setting === "batchSize" ? 6 : 5),
  });
  expect(order).toEqual(["threads 2", "flashAttention false", "memoryMapped false"]);
  expect({ done, left }).toEqual({ done: "time", left: ["batchSize"] });
  expect(searched({ secondsLeft: 0 })).toMatchObject({ order: [], done: "time" });
});

test("a gain is beyond the spread of both, in each visit", () => {
  const kind = (inUseVisits: number[][], tried: number[][]) => judgeTrial(inUseVisits, tried).kind;
  expect(judgeTrial([[10, 10.1, 9.9]], [[8, 8.1, 7.9]])).toEqual({ kind: "gain", faster: 1.25 });
  // Faster by the medians, but the middle halves touch.
  expect(kind([[10, 12, 9]], [[9.6, 11, 8]])).toBe("no-gain");
  // Beyond the spread, but too small to be worth a change.
  expect(kind([[10, 10.01, 9.99]], [[9.9, 9.9, 9.91]])).toBe("no-gain");
  // The machine became faster meanwhile: the last visit of the settings in use is as fast.
  expect(
    kind(
      [
        [10, 10, 10],
        [8, 8, 8],
      ],
      [[8, 8, 8]],
    ),
  ).toBe("no-gain");
  // One visit of the settings in use was as fast, although its slowest run makes it look slower.
  const mixed = [
    [10, 10, 10],
    [9, 9, 12],
  ];
  expect(kind(mixed, [[9.1, 9.1, 9.1]])).toBe("no-gain");
  // Single runs have no spread, so only a large gain counts.
  expect(kind([[10], [10.2]], [[9], [9.1]])).toBe("no-gain");
  expect(kind([[10], [10.2]], [[7], [7.1]])).toBe("gain");
  expect(kind([[10, 10.1, 9.9]], [[12, 12.1, 11.9]])).toBe("clearly-slower");
  expect(kind([[10, 13, 9]], [[12, 9.5, 13]])).toBe("no-gain");
});
