import { execFile } from "node:child_process";
import { engineEnvironment } from "../engine/engineEnvironment.ts";
import { median } from "../median.ts";

export interface MemoryReadsOptions {
  nodePath: string;
  /** The built `memoryReads.js`. */
  entry: string;
  threads: number;
  lastLevelCacheBytes: number | null;
  freeBytes: number;
}

const limitMs = 20_000;
const smallestBytes = 256e6;
const largestBytes = 2e9;

/**
 * Bytes per second that all threads together read in a row: the median of passes over a buffer of eight times the last
 * cache, at least 256 MB, at most 2 GB and a quarter of free memory. Rejects where that is less than twice the cache.
 */
export async function measureMemoryReads(options: MemoryReadsOptions): Promise<number> {
  const { nodePath, entry, threads, freeBytes } = options;
  const cacheBytes = options.lastLevelCacheBytes ?? smallestBytes / 8;
  const bytes = Math.min(Math.max(smallestBytes, cacheBytes * 8), largestBytes, freeBytes / 4);
  if (bytes < cacheBytes * 2) throw new Error("Too little memory is free to measure it.");
  const args = [entry, String(threads), String(Math.floor(bytes))];
  const environment = { env: engineEnvironment(process.env), timeout: limitMs, windowsHide: true };
  return await new Promise((resolve, reject) => {
    execFile(nodePath, args, environment, (error, stdout) => {
      if (error !== null) return reject(new Error("The measurement did not finish."));
      resolve(median(JSON.parse(stdout) as number[]));
    });
  });
}
