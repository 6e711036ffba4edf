import { cpus } from "node:os";
import type { MeasureEvent } from "../../contract/engineProtocol.ts";
import { machineTimes, type MachineTimes } from "./machineTimes.ts";

/** Processor time in cores, on average over the timed runs. */
export interface WatchedLoad {
  /** Cores that other programs kept busy. */
  otherCores: number;
  /** Null if the system does not report it. */
  stolenCores: number | null;
}

export interface LoadClocks {
  now: () => number;
  machine: () => MachineTimes;
  /** Processor time of this process. */
  ownMs: () => number;
}

interface Sum {
  wallMs: number;
  otherMs: number;
  stolenMs: number | null;
}

/** Below this, the kernel's hundredths of a second are too coarse. */
const shortestMs = 300;

const systemClocks: LoadClocks = {
  now: () => performance.now(),
  machine: machineTimes,
  ownMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Measures how many cores other programs kept busy during the timed runs: all busy time minus the engine's and ours.
 */
export class LoadWatch {
  readonly #clocks: LoadClocks;
  readonly #sums = new Map<string, Sum>();
  #before: { wallMs: number; busyMs: number; stolenMs: number | null; ourMs: number } | null = null;

  constructor(clocks: LoadClocks = systemClocks) {
    this.#clocks = clocks;
  }

  /** Call after each run. `test` is null after a run that does not count. */
  runEnded(test: string | null, engineCpuMs: number): void {
    const { busyMs, stolenMs } = this.#clocks.machine();
    const now = { wallMs: this.#clocks.now(), busyMs, stolenMs, ourMs: engineCpuMs + this.#clocks.ownMs() };
    const before = this.#before;
    this.#before = now;
    if (test === null || before === null) return;
    const sum = this.#sums.get(test) ?? { wallMs: 0, otherMs: 0, stolenMs: stolenMs === null ? null : 0 };
    sum.wallMs += now.wallMs - before.wallMs;
    sum.otherMs += now.busyMs - before.busyMs - (now.ourMs - before.ourMs);
    if (sum.stolenMs !== null) sum.stolenMs += (stolenMs ?? 0) - (before.stolenMs ?? 0);
    this.#sums.set(test, sum);
  }

  /**
   * Call with each event of a `measure` request. The first run of a test is its warm-up and does not count. Tests are
   * named by number.
   */
  measured({ test, repeat, engineCpuMs }: MeasureEvent): void {
    this.runEnded(repeat === 0 ? null : String(test), engineCpuMs);
  }

  /** Returns null if the runs were too short to measure it. */
  during(test: string): WatchedLoad | null {
    return loadOf(this.#sums.get(test));
  }

  /** Returns the load over all tests, or null if they were too short to measure it. */
  inAll(): WatchedLoad | null {
    const all: Sum = { wallMs: 0, otherMs: 0, stolenMs: 0 };
    for (const { wallMs, otherMs, stolenMs } of this.#sums.values()) {
      all.wallMs += wallMs;
      all.otherMs += otherMs;
      all.stolenMs = stolenMs === null || all.stolenMs === null ? null : all.stolenMs + stolenMs;
    }
    return loadOf(all);
  }
}

function loadOf(sum: Sum | undefined): WatchedLoad | null {
  if (sum === undefined || sum.wallMs < shortestMs) return null;
  const cores = (ms: number): number => Math.min(cpus().length, Math.max(0, ms / sum.wallMs));
  return { otherCores: cores(sum.otherMs), stolenCores: sum.stolenMs === null ? null : cores(sum.stolenMs) };
}
