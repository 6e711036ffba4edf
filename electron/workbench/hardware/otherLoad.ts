import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** If other programs keep this many cores busy, a measurement is noisy. */
export const noisyCores = 0.2;

/**
 * Resolves with how many cores other programs keep busy, watched for this many milliseconds while this process does
 * nothing. An idle browser takes less than a tenth of a core.
 */
export async function otherLoadCores(watchMs: number): Promise<number> {
  const before = busyMs();
  const startedAt = performance.now();
  await wait(watchMs);
  return Math.max(0, busyMs() - before) / (performance.now() - startedAt);
}

function busyMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}
