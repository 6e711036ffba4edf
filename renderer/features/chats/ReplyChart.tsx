import { useFigures, useSay } from "../../texts.ts";
import { linePoints } from "./linePoints.ts";

const width = 480;
const height = 72;

export interface ReplyChartProps {
  /** Tokens per second in equal slices of the reply, oldest first. */
  samples: readonly number[];
  /** Of the whole reply; null if it is too short to be measured. */
  average: number | null;
  tokens: number;
}

/** The reply's speed over time, with the average as a horizontal line. */
export function ReplyChart({ samples, average, tokens }: ReplyChartProps) {
  const say = useSay("chats");
  const figures = useFigures();
  if (samples.length < 2 || average === null || average <= 0) {
    return <p className="reply-chart-note">{say("speed.tooShort")}</p>;
  }
  const peak = Math.max(...samples);
  // The average does not include the first token, so neither does the time.
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
