import type { Texts } from "../../../electron/texts/texts.ts";
import { useTexts } from "../../texts.ts";
import { chartTicks } from "./chartTicks.ts";
import { SeriesMark } from "./SeriesMark.tsx";

export interface ChartPoint {
  x: number;
  /** The tooltip's text: "depth 2,048". */
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
  /** A sentence that describes the chart for screen readers. A table beside it has the figures. */
  summary: string;
}

const width = 440;
const height = 184;
const plot = { left: 56, right: 12, top: 10, bottom: 26 };

/** Medians with whiskers for the spread, from zero up. Drawn as SVG, which follows the theme, zoom and text size. */
export function SpeedChart({ title, series, xTicks, summary }: SpeedChartProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const points = series.flatMap((one) => one.points);
  const yTicks = chartTicks(Math.max(...points.map(({ high }) => high)), 4);
  const highest = yTicks.at(-1) ?? 1;
  const xs = [...points.map(({ x }) => x), ...xTicks.map(({ x }) => x)];
  const [least, most] = [Math.min(...xs), Math.max(...xs)];
  const inner = { width: width - plot.left - plot.right, height: height - plot.top - plot.bottom };
  // Keeps the marks off the axis.
  const xOf = (x: number): number =>
    plot.left + inner.width * (most === least ? 0.5 : 0.05 + (0.9 * (x - least)) / (most - least));
  const yOf = (value: number): number => plot.top + inner.height * (1 - value / highest);
  return (
    <figure className="chart">
      <figcaption>
        <span aria-hidden>{title}</span>
        <span className="visually-hidden">{say("benchmark:chart.summary", { title, summary })}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {yTicks.map((tick) => (
          <g key={tick} className="chart-tick">
            <line x1={plot.left} x2={width - plot.right} y1={yOf(tick)} y2={yOf(tick)} />
            <text x={plot.left - 8} y={yOf(tick)} dy="0.35em" textAnchor="end">
              {figures.digits(tick)}
            </text>
          </g>
        ))}
        {xTicks.map(({ x, text }) => (
          <text key={x} className="chart-label" x={xOf(x)} y={height - 8} textAnchor="middle">
            {text}
          </text>
        ))}
        {series.map(({ name, points: own }, index) => (
          <g key={name} className="chart-series" data-series={index % 4}>
            <polyline points={own.map(({ x, median }) => `${xOf(x)},${yOf(median)}`).join(" ")} />
            {own.map((point) => (
              <g key={point.x} data-noisy={point.noisy}>
                <title>{pointText(texts, name, point, series.length > 1)}</title>
                <path className="chart-whisker" d={whisker(xOf(point.x), yOf(point.low), yOf(point.high))} />
                <SeriesMark series={index} x={xOf(point.x)} y={yOf(point.median)} />
              </g>
            ))}
          </g>
        ))}
      </svg>
      {series.length > 1 && <Legend names={series.map(({ name }) => name)} />}
    </figure>
  );
}

function Legend({ names }: { names: readonly string[] }) {
  return (
    <ul className="chart-legend">
      {names.map((name, index) => (
        <li key={name}>
          <svg className="chart-series" data-series={index % 4} width={12} height={12} aria-hidden>
            <SeriesMark series={index} x={6} y={6} />
          </svg>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}

function pointText({ say }: Texts, name: string, point: ChartPoint, withName: boolean): string {
  const { label, median: speed, low, high, noisy } = point;
  const what = withName ? say("benchmark:chart.ofSeries", { name, what: label }) : label;
  return say(noisy ? "benchmark:chart.noisyPoint" : "benchmark:chart.point", { what, speed, low, high });
}

/** Returns the path of a line from `low` to `high` with a stroke at each end. */
const whisker = (x: number, low: number, high: number): string =>
  `M${x - 4} ${low}h8M${x} ${low}V${high}M${x - 4} ${high}h8`;
