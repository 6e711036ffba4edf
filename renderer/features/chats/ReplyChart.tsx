import { useFigures, useSay } from "../../texts.ts";
import { linePoints } from "./linePoints.ts";

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
  const say = useSay("chats");
  const figures = useFigures();
  if (samples.length < 2 || average === null || average <= 0) {
    return <p className="reply-chart-note">{say("speed.tooShort")}</p>;
  }
  const peak = Math.max(...samples);
  // The average is that of the tokens after the first, so it gives the time they took.
  const time = figures.seconds(((tokens - 1) * 1000) / average);
  const course = say("speed.courseOf", {
    least: figures.speedFigure(Math.min(...samples)),
    most: figures.speed(peak),
    average: figures.speedFigure(average),
    time,
  });
  const middle = height - 1 - (average / peak) * (height - 2);
  return (
    <figure className="reply-chart" aria-label={say("speed.chart", { course })}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <line className="reply-chart-base" x1={0} x2={width} y1={height - 1} y2={height - 1} />
        <line className="reply-chart-average" x1={0} x2={width} y1={middle} y2={middle} />
        <polyline points={linePoints(samples, peak, width, height)} />
      </svg>
      <figcaption>{course}</figcaption>
    </figure>
  );
}
