import { fewerSamples } from "./fewerSamples.ts";
import { linePoints } from "./linePoints.ts";

const width = 48;
const height = 16;
const mostPoints = 32;

/** The speed over the reply, oldest first. Decorative: the figure beside it and the chart hold the information. */
export function Sparkline({ samples }: { samples: readonly number[] }) {
  const shown = fewerSamples(samples, mostPoints);
  return (
    // Its place is kept before there is anything to draw.
    <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {shown.length > 1 && <polyline points={linePoints(shown, Math.max(...shown), width, height)} />}
    </svg>
  );
}
