import type { TuneFigures } from "../../../electron/contract/tune.ts";
import { speed as speedText, speedFigure } from "../../parts/figures.ts";

/** A speed, with the middle half of its runs where the pointer rests: "23.4 tok/s". */
export function SpeedText({ speed }: { speed: TuneFigures["writing"] }) {
  const { median, lowerQuartile, upperQuartile } = speed;
  return (
    <span
      className="figure"
      title={`${speedFigure(lowerQuartile)} to ${speedFigure(upperQuartile)} in half of the runs`}
    >
      {speedText(median)}
    </span>
  );
}
