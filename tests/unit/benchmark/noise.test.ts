import { expect, test, vi, onTestFinished } from "vitest";
import { judgeNoise, type NoiseFacts } from "../../../electron/workbench/benchmark/judgeNoise.ts";
import { LoadWatch } from "../../../electron/workbench/benchmark/LoadWatch.ts";
import { machineTimes, parseStat } from "../../../electron/workbench/benchmark/machineTimes.ts";
import { SleepWatch } from "../../../electron/workbench/benchmark/SleepWatch.ts";

const writing = { case: "test" as const, test: "tg128" };
const reading = { case: "test" as const, test: "pp512" };
const power = { source: "mains" as const, batteryPercent: null, mode: null };
const steady = [25, 25.1, 25.2, 25.3, 25.4];
const load = (otherCores: number, stolenCores: number | null = 0) => ({ otherCores, stolenCores });

function facts(overrides: Partial<NoiseFacts> = {}): NoiseFacts {
  const tests = [{ part: writing, samples: steady, runSeconds: 5, load: load(0.02) }];
  return { cores: 4, tests, all: load(0.02), throttled: false, powerBefore: power, powerAfter: power, ...overrides };
}

test("a quiet run is not noisy", () => {
  expect(judgeNoise(facts())).toEqual({ noisy: false, reasons: [], otherLoadCores: 0.02, stolenCores: 0 });
});

test("a busy program is reported with the test it disturbed most", () => {
  const tests = [
    { part: reading, samples: steady, runSeconds: 5, load: load(0.1) },
    { part: writing, samples: steady, runSeconds: 5, load: load(0.97) },
  ];
  expect(judgeNoise(facts({ tests, all: load(0.5) })).reasons).toEqual([
    { code: "other-load", facts: { case: "test", test: "tg128", share: 0.97 / 4 } },
  ]);
});

test("the limit is a share of the machine", () => {
  expect(judgeNoise(facts({ cores: 4, all: load(0.19) })).noisy).toBe(false);
  expect(judgeNoise(facts({ cores: 4, all: load(0.21) })).noisy).toBe(true);
  expect(judgeNoise(facts({ cores: 20, all: load(0.9) })).noisy).toBe(false);
});

test("a host that takes CPU time, runs that differ, heat and an unplugged charger are reasons", () => {
  const kinds = (overrides: Partial<NoiseFacts>) => judgeNoise(facts(overrides)).reasons.map(({ code }) => code);
  expect(kinds({ all: load(0, 0.2) })).toEqual(["stolen"]);
  expect(kinds({ all: load(0, null) })).toEqual([]);
  const spread = (samples: number[], runSeconds: number) =>
    kinds({ tests: [{ part: writing, samples, runSeconds, load: null }] });
  expect(spread([20, 22, 25, 27, 28], 5)).toEqual(["spread"]);
  expect(spread([20, 22, 25, 27, 28], 0.05)).toEqual([]);
  expect(spread([20, 25, 28], 5)).toEqual([]);
  expect(kinds({ throttled: true })).toEqual(["throttled"]);
  expect(kinds({ powerAfter: { ...power, source: "battery" } })).toEqual(["power"]);
});

test("what is not known is null, and not a reason", () => {
  const tests = [{ part: writing, samples: steady, runSeconds: 0.001, load: null }];
  expect(judgeNoise(facts({ tests, all: null }))).toMatchObject({ noisy: false, otherLoadCores: null });
});

/** Clocks that the test sets: elapsed time, all cores' busy time, stolen time and this process's own. */
function handClocks() {
  const at = { wall: 0, busy: 0, stolen: 0, own: 0 };
  const watch = new LoadWatch({
    now: () => at.wall,
    machine: () => ({ busyMs: at.busy, stolenMs: at.stolen }),
    ownMs: () => at.own,
  });
  const pass = (change: Partial<typeof at>): void => {
    for (const [name, ms] of Object.entries(change)) at[name as keyof typeof at] += ms;
  };
  return { watch, pass };
}

test("other programs' load is all busy time less the engine's and ours, during the timed runs", () => {
  const { watch, pass } = handClocks();
  // A warm-up does not count, whatever its load.
  pass({ wall: 1000, busy: 2000 });
  watch.runEnded(null, 1000);
  pass({ wall: 1000, busy: 1600, own: 100, stolen: 50 });
  watch.runEnded("tg128", 1000 + 1000);
  pass({ wall: 1000, busy: 1000 });
  watch.runEnded("tg128", 2000 + 1000);
  // Neither does the next test's.
  pass({ wall: 1000, busy: 2000 });
  watch.runEnded(null, 3000);
  expect(watch.during("tg128")).toEqual({ otherCores: 0.25, stolenCores: 0.025 });
  expect(watch.inAll()).toEqual({ otherCores: 0.25, stolenCores: 0.025 });
  expect(watch.during("pp512")).toBeNull();
});

test("runs too short for the kernel's clock give no figure", () => {
  const { watch, pass } = handClocks();
  watch.runEnded(null, 0);
  pass({ wall: 50, busy: 100 });
  watch.runEnded("tg128", 50);
  expect(watch.during("tg128")).toBeNull();
});

test("the kernel's line is parsed: ticks of 10 ms, without idle and waiting, stolen time separately", () => {
  const stat = "cpu  100 10 50 9999 7777 4 6 30 5 0\ncpu0 50 5 25 1 1 1 1 1 1 0\nintr 1\n";
  expect(parseStat(stat)).toEqual({ busyMs: 1700, stolenMs: 300 });
  expect(() => parseStat("nonsense")).toThrow();
  expect(machineTimes().busyMs).toBeGreaterThan(0);
});

test("a sleep is a gap in the wall clock, and is reported once", () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let now = 1_000_000;
  const watch = new SleepWatch(() => now);
  onTestFinished(() => watch.stop());
  now += 4000;
  expect(watch.take()).toBe(false);
  now += 3600_000;
  expect(watch.take()).toBe(true);
  expect(watch.take()).toBe(false);
  // It woke and continued before anyone asked. A clock that was set back is not a sleep.
  now += 3600_000;
  vi.advanceTimersByTime(1000);
  now += 1000;
  expect(watch.take()).toBe(true);
  now -= 3600_000;
  expect(watch.take()).toBe(false);
});
