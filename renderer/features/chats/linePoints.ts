/**
 * Returns the points of a line over the whole width, from 0 at the bottom to `peak` at the top, with a margin of one
 * pixel at both. With fewer than two samples, the line is flat.
 */
export function linePoints(samples: readonly number[], peak: number, width: number, height: number): string {
  const shown = samples.length > 1 ? samples : [0, 0];
  const step = width / (shown.length - 1);
  const scale = (height - 2) / Math.max(peak, Number.EPSILON);
  return shown
    .map((value, index) => `${(index * step).toFixed(1)},${(height - 1 - value * scale).toFixed(1)}`)
    .join(" ");
}
