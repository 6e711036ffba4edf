export interface RunProgressProps {
  /** What is under way, for screen readers. */
  label: string;
  /** What is being done now. */
  step: string;
  /** The time left, or what else is known about the end. */
  rest: string;
  /** From 0 to 1. */
  fraction: number;
}

/** One line about something that is running, with its progress. */
export function RunProgress({ label, step, rest, fraction }: RunProgressProps) {
  return (
    <div className="run-progress small">
      <span>{step}</span>
      <span className="quiet">{rest}</span>
      {/* Without a value the bar would be animated, even while it waits. */}
      <progress className="progress grow" aria-label={label} max={100} value={Math.round(fraction * 100)} />
    </div>
  );
}
