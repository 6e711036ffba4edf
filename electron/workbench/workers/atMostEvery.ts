/** Returns a function that passes its calls on, but at most one in `ms` milliseconds. The others are dropped. */
export function atMostEvery<Params extends unknown[]>(
  ms: number,
  tell: (...params: Params) => void,
): (...params: Params) => void {
  let toldAt = 0;
  return (...params) => {
    const now = performance.now();
    if (now - toldAt < ms) return;
    toldAt = now;
    tell(...params);
  };
}
