import type { SpeedPrediction } from "../../../electron/contract/fit.ts";
import { aboutSpeed, count, speed } from "../../parts/figures.ts";

export interface SpeedCellProps {
  /** Median of the last replies; null: not used here yet. */
  measured: number | null;
  /** Null: this machine was not measured yet. */
  predicted: SpeedPrediction | null;
}

/** How fast a model writes here: measured, else predicted with its range. */
export function SpeedCell({ measured, predicted }: SpeedCellProps) {
  if (measured !== null) {
    return (
      <td className="is-figure cell-speed" title="Measured here: median of its last replies">
        {speed(measured)}
        <p className="hint">measured</p>
      </td>
    );
  }
  if (predicted === null) {
    return (
      <td className="is-figure cell-speed" title="Not used here yet, and this machine’s speed was not measured">
        –
      </td>
    );
  }
  const { generation, reading } = predicted;
  const title = `Predicted for this machine: ${range(generation.low, generation.high)} nine times in ten. It reads about ${count(Math.round(reading.value))} tokens a second.`;
  return (
    <td className="is-figure cell-speed" title={title}>
      about {aboutSpeed(generation.value)}
      <p className="hint">{range(generation.low, generation.high)}</p>
    </td>
  );
}

const range = (low: number, high: number): string => `${aboutSpeed(low).replace(" tok/s", "")} to ${aboutSpeed(high)}`;
