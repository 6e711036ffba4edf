/** The current speed is measured over the last second. */
export const speedWindowMs = 1000;

/**
 * Returns the tokens per second at `now`, from the times of the last tokens, oldest first: all within the last
 * `speedWindowMs`, and at least two. While a token is overdue, returns the speed there would be if that token arrived
 * now: k tokens over the time since the one before them, then 1 over the time since the last. Never more than was
 * measured. Null before the second token.
 */
export function speedNow(times: readonly number[], now: number): number | null {
  const last = times.at(-1);
  const lastButOne = times.at(-2);
  if (last === undefined || lastButOne === undefined) return null;
  let from = times.length - 1;
  while ((times[from - 1] ?? Number.NEGATIVE_INFINITY) >= now - speedWindowMs) from--;
  const measuredFrom = Math.min(from, times.length - 2);
  const measuredMs = last - (times[measuredFrom] ?? last);
  if (measuredMs <= 0) return null;
  const measured = ((times.length - 1 - measuredFrom) * 1000) / measuredMs;
  const overdueMs = now - (times[from] ?? last);
  return overdueMs > 0 ? Math.min(measured, ((times.length - from) * 1000) / overdueMs) : measured;
}
