export interface SeriesMarkProps {
  /** The series' index. Colours repeat after four; shapes distinguish the series as well. */
  series: number;
  x: number;
  y: number;
}

const shapes = [
  "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z",
  "M-3.5 -3.5h7v7h-7Z",
  "M0 -4.8L4.8 0L0 4.8L-4.8 0Z",
  "M0 -4.5L4.6 3.5H-4.6Z",
] as const;

/** A disc, a square, a diamond or a triangle. */
export function SeriesMark({ series, x, y }: SeriesMarkProps) {
  return <path className="chart-mark" d={shapes[series % shapes.length]} transform={`translate(${x} ${y})`} />;
}
