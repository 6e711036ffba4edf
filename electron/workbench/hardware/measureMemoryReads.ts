import type { MeasurementNoise } from "../../contract/hardware.ts";
import { engineEnvironment } from "../engine/engineEnvironment.ts";
import { median } from "../median.ts";
import { runChild } from "../children/runChild.ts";
import { NotMeasured } from "./NotMeasured.ts";
import { noisyCores, otherLoadCores } from "./otherLoad.ts";

export interface MemoryReadsOptions {
  nodePath: string;
  /** The built `memoryReads.js`. */
  entry: string;
  threads: number;
  lastLevelCacheBytes: number | null;
  freeBytes: number;
  /** For tests: the load of other programs, in cores. */
  watchLoad?: typeof otherLoadCores | undefined;
}

const limitMs = 20_000;
const smallestBytes = 256e6;
const largestBytes = 2e9;

/** If other programs are running, the passes differ, or all are equally slow. */
const mostSpread = 0.2;
const watchMs = 300;
const attempts = 3;

export interface MemoryReads {
  bytesPerSecond: number;
  /** What disturbed the measurement. Null if no disturbance was detected. */
  noise: MeasurementNoise | null;
}

/**
 * Resolves with the bytes per second that all threads together read sequentially: the median of passes over a buffer of
 * eight times the last-level cache, at least 256 MB, at most 2 GB and a quarter of free memory. Measures up to three
 * times until nothing disturbs it; otherwise the fastest one counts, with what disturbed it. Rejects if the buffer
 * would be less than twice the cache.
 */
export async function measureMemoryReads(options: MemoryReadsOptions): Promise<MemoryReads> {
  const cacheBytes = options.lastLevelCacheBytes ?? smallestBytes / 8;
  const bytes = Math.min(Math.max(smallestBytes, cacheBytes * 8), largestBytes, options.freeBytes / 4);
  if (bytes < cacheBytes * 2) throw new NotMeasured("littleMemory");
  const { watchLoad = otherLoadCores } = options;
  const found: MemoryReads[] = [];
  while (found.length < attempts) {
    const otherCores = await watchLoad(watchMs);
    const passes = await readPasses(options, Math.floor(bytes));
    const noise = noiseOf(passes, otherCores);
    found.push({ bytesPerSecond: median(passes), noise });
    if (noise === null) break;
  }
  const quiet = found.find(({ noise }) => noise === null);
  const [fastest] = found.toSorted((one, other) => other.bytesPerSecond - one.bytesPerSecond);
  if (fastest === undefined) throw new NotMeasured("unfinished");
  return quiet ?? fastest;
}

/** Returns what disturbed the passes, or null if no disturbance was detected. */
export function noiseOf(passes: readonly number[], otherCores: number): MeasurementNoise | null {
  if (otherCores > noisyCores) return { code: "otherLoad", facts: { count: Math.round(otherCores * 10) / 10 } };
  const spread = (Math.max(...passes) - Math.min(...passes)) / median(passes);
  return spread > mostSpread ? { code: "spread", facts: { fraction: spread } } : null;
}

async function readPasses({ nodePath, entry, threads }: MemoryReadsOptions, bytes: number): Promise<number[]> {
  const options = { env: engineEnvironment(process.env), limitMs, maxBytes: 100_000 };
  const { stdout, code } = await runChild(nodePath, [entry, String(threads), String(bytes)], options);
  if (code !== 0) throw new NotMeasured("unfinished");
  return JSON.parse(stdout) as number[];
}
