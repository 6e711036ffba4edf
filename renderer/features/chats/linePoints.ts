/**
 * The points of a line over the whole width, from 0 at the bottom to `peak` at the top, a pixel kept free at both.
 * Fewer than two samples have no course: a flat line keeps the place.
 */
export function linePoints(samples: readonly number[], peak: number, width: number, height: number): string {
  const shown = samples.length > 1 ? samples : [0, 0];
  const step = width / (shown.length - 1);
  const scale = (height - 2) / Math.max(peak, Number.EPSILON);
  return shown
    .map((value, index) => `${(index * step).toFixed(1)},${(height - 1 - value * scale).toFixed(1)}`)
    .join(" ");
}
