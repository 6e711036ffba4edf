/**
 * Returns round values from 0 to the first at or above `highest`, in steps of 1, 2 or 5 times a power of ten: about
 * `wanted` steps, and at least two values.
 */
export function chartTicks(highest: number, wanted: number): number[] {
  const rough = Math.max(highest, Number.MIN_VALUE) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.max(1, Math.ceil(highest / step - 1e-9));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
