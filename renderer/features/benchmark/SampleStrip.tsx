import { useTexts } from "../../texts.ts";

const height = 20;
const widest = 120;
/** As a share of the median, so that steady runs look steady. */
const leastRange = 0.1;

/** A test's timed runs in order, each as a dot above or below the median; screen readers get the figures. */
export function SampleStrip({ samples, middle }: { samples: readonly number[]; middle: number }) {
  const { say, figures } = useTexts();
  const step = Math.min(10, widest / Math.max(1, samples.length));
  const range = Math.max(leastRange, ...samples.map((sample) => Math.abs(sample / middle - 1)));
  const yOf = (sample: number): number => height / 2 - ((sample / middle - 1) / range) * (height / 2 - 3);
  const inOrder = figures.series(samples.map((sample) => figures.speedFigure(sample)));
  const width = Math.max(step * samples.length, step);
  return (
    <span className="sample-strip" title={say("benchmark:table.inOrder", { figures: inOrder })}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <line x1={0} x2={width} y1={height / 2} y2={height / 2} />
        {samples.map((sample, index) => (
          // Runs differ only in their position.
          <circle key={index} cx={step * (index + 0.5)} cy={yOf(sample)} r={2} />
        ))}
      </svg>
      <span className="visually-hidden">{inOrder}</span>
    </span>
  );
}
