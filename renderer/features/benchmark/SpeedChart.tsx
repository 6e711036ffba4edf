import type { Texts } from "../../../electron/texts/texts.ts";
import { useTexts } from "../../texts.ts";
import { chartTicks } from "./chartTicks.ts";

export interface ChartPoint {
  x: number;
  /** The tooltip's text: "tg128 at depth 2,048". */
  label: string;
  /** In tokens per second; `low` and `high` are the ends of its whisker. */
  median: number;
  low: number;
  high: number;
  noisy: boolean;
}

export interface ChartSeries {
  name: string;
  points: ChartPoint[];
}

export interface SpeedChartProps {
  title: string;
  series: readonly ChartSeries[];
  xTicks: readonly { x: number; text: string }[];
  /** A sentence that describes the chart for screen readers. A table beside it has all figures. */
  summary: string;
}

const width = 344;
const height = 168;
const plot = { left: 40, right: 6, top: 8, bottom: 20 };
/** Labels of the axis that are nearer to each other would touch. */
const leastGap = 36;

/** Colours repeat after four series; shapes distinguish them as well. */
const shapes = [
  "M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0Z",
  "M-2.5 -2.5h5v5h-5Z",
  "M0 -3.5L3.5 0L0 3.5L-3.5 0Z",
  "M0 -3.5L3.5 2.5H-3.5Z",
] as const;

/** Medians with whiskers for the spread, from zero up. Drawn as SVG, which follows the theme, zoom and text size. */
export function SpeedChart({ title, series, xTicks, summary }: SpeedChartProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const points = series.flatMap((one) => one.points);
  const yTicks = chartTicks(Math.max(...points.map(({ high }) => high)), 3);
  const highest = yTicks.at(-1) ?? 1;
  const xs = [...points.map(({ x }) => x), ...xTicks.map(({ x }) => x)];
  const [least, most] = [Math.min(...xs), Math.max(...xs)];
  const inner = { width: width - plot.left - plot.right, height: height - plot.top - plot.bottom };
  const xOf = (x: number): number => plot.left + inner.width * (most === least ? 0.5 : (x - least) / (most - least));
  const yOf = (value: number): number => plot.top + inner.height * (1 - value / highest);
  return (
    <figure className="chart">
      <figcaption>
        <span aria-hidden>{title}</span>
        <span className="visually-hidden">{say("benchmark:chart.summary", { title, summary })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {yTicks.map((tick) => (
          <g key={tick}>
            <line className="chart-tick" x1={plot.left} x2={width - plot.right} y1={yOf(tick)} y2={yOf(tick)} />
            <text x={plot.left - 8} y={yOf(tick)} dy="0.35em" textAnchor="end">
              {figures.digits(tick)}
            </text>
          </g>
        ))}
        {spaced(xTicks, xOf).map(({ x, text }) => (
          <text key={x} x={xOf(x)} y={height - 4} textAnchor={x === most && most > least ? "end" : "middle"}>
            {text}
          </text>
        ))}
        {series.map(({ name, points: own }, index) => (
          <g key={name} className="chart-series" data-series={index % 4}>
            <polyline points={own.map(({ x, median }) => `${xOf(x)},${yOf(median)}`).join(" ")} />
            {own.map((point) => (
              <g key={point.x} data-noisy={point.noisy}>
                <title>{pointText(texts, name, point, series.length > 1)}</title>
                <line x1={xOf(point.x)} x2={xOf(point.x)} y1={yOf(point.low)} y2={yOf(point.high)} />
                <Mark series={index} x={xOf(point.x)} y={yOf(point.median)} />
              </g>
            ))}
          </g>
        ))}
      </svg>
      {series.length > 1 && (
        <ul className="chart-legend">
          {series.map(({ name }, index) => (
            <li key={name}>
              <svg className="chart-series" data-series={index % 4} width={12} height={12} aria-hidden>
                <Mark series={index} x={6} y={6} />
              </svg>
              <bdi>{name}</bdi>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function Mark({ series, x, y }: { series: number; x: number; y: number }) {
  return <path className="chart-mark" d={shapes[series % shapes.length]} transform={`translate(${x} ${y})`} />;
}

/** Returns the labels that have room, among them the first and the last. */
function spaced(ticks: SpeedChartProps["xTicks"], xOf: (x: number) => number): SpeedChartProps["xTicks"] {
  const last = ticks.at(-1);
  const shown: { x: number; text: string }[] = [];
  for (const tick of ticks) {
    const before = shown.at(-1);
    const hasRoom = before === undefined || xOf(tick.x) - xOf(before.x) >= leastGap;
    // The last label ends at its point, so that it needs more room on its left.
    if (hasRoom && (tick === last || last === undefined || xOf(last.x) - xOf(tick.x) >= leastGap * 1.5))
      shown.push(tick);
  }
  return last === undefined || shown.includes(last) ? shown : [...shown, last];
}

function pointText({ say }: Texts, name: string, point: ChartPoint, withName: boolean): string {
  const { label, median: speed, low, high, noisy } = point;
  const what = withName ? say("benchmark:chart.ofSeries", { name, what: label }) : label;
  return say(noisy ? "benchmark:chart.noisyPoint" : "benchmark:chart.point", { what, speed, low, high });
}
