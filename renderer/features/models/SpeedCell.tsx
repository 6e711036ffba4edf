import type { SpeedPrediction } from "../../../electron/contract/fit.ts";
import { useFigures, useSay } from "../../texts.ts";

export interface SpeedCellProps {
  /** Median of the last replies; null: not used here yet. */
  measured: number | null;
  /** Null: this machine has not been measured yet. */
  predicted: SpeedPrediction | null;
}

/** How fast a model writes on this machine: measured, or else predicted with a range. */
export function SpeedCell({ measured, predicted }: SpeedCellProps) {
  const say = useSay("models");
  const figures = useFigures();
  if (measured !== null) {
    return (
      <td className="is-figure cell-speed" title={say("speed.measuredHint")}>
        {figures.speed(measured)}
        <p className="hint">{say("speed.measured")}</p>
      </td>
    );
  }
  if (predicted === null) {
    return (
      <td className="is-figure cell-speed" title={say("speed.unknown")}>
        –
      </td>
    );
  }
  const { generation, reading } = predicted;
  const range = say("speed.range", {
    low: figures.aboutSpeedFigure(generation.low),
    high: figures.aboutSpeed(generation.high),
  });
  const title = say("speed.predictedHint", { range, reading: Math.round(reading.value) });
  return (
    <td className="is-figure cell-speed" title={title}>
      {say("speed.about", { speed: figures.aboutSpeed(generation.value) })}
      <p className="hint">{range}</p>
    </td>
  );
}
