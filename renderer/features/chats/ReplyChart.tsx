import { seconds, speed } from "../../parts/figures.ts";
import { linePoints } from "./linePoints.ts";
import { speedFigure } from "./speedFigure.ts";

const width = 480;
const height = 72;

export interface ReplyChartProps {
  /** Tokens per second over equal slices of the reply, oldest first. */
  samples: readonly number[];
  /** Over the whole reply; null: too short to be measured. */
  average: number | null;
  tokens: number;
}

/** The reply's speed over its time, with the average as a line across. */
export function ReplyChart({ samples, average, tokens }: ReplyChartProps) {
  if (samples.length < 2 || average === null || average <= 0) {
    return <p className="reply-chart-note">Too short for a chart.</p>;
  }
  const peak = Math.max(...samples);
  // The average is that of the tokens after the first, so it gives the time they took.
  const lasted = seconds(((tokens - 1) * 1000) / average);
  const words = `Between ${speedFigure(Math.min(...samples))} and ${speed(peak)}, ${speedFigure(average)} on average, over ${lasted}`;
  const middle = height - 1 - (average / peak) * (height - 2);
  return (
    <figure className="reply-chart" aria-label={`Speed over the reply. ${words}.`}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <line className="reply-chart-base" x1={0} x2={width} y1={height - 1} y2={height - 1} />
        <line className="reply-chart-average" x1={0} x2={width} y1={middle} y2={middle} />
        <polyline points={linePoints(samples, peak, width, height)} />
      </svg>
      <figcaption>{words}.</figcaption>
    </figure>
  );
}
