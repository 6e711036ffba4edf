const width = 64;
const height = 14;

/** The speed over the reply, oldest first. Decoration: the figure beside it says the same in words. */
export function Sparkline({ samples }: { samples: readonly number[] }) {
  const peak = Math.max(...samples, Number.EPSILON);
  // Too short a reply has no course: a flat line keeps the place.
  const shown = samples.length > 1 ? samples : [0, 0];
  const step = width / (shown.length - 1);
  const points = shown.map(
    (value, index) => `${(index * step).toFixed(1)},${(height - 1 - (value / peak) * (height - 2)).toFixed(1)}`,
  );
  return (
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={points.join(" ")} />
    </svg>
  );
}
