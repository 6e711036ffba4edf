export interface LoadProgressProps {
  /** What is loading, for screen readers. */
  label: string;
  fraction: number;
}

export function LoadProgress({ label, fraction }: LoadProgressProps) {
  return <progress className="progress" aria-label={label} max={100} value={Math.round(fraction * 100)} />;
}
