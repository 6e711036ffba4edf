import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** From this many busy cores on, a measurement beside them is noisy. */
export const noisyCores = 0.2;

/**
 * How many cores other programs keep busy, watched for so long while we do nothing. A browser at rest takes less than
 * a tenth of one.
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
