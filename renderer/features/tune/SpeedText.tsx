import type { TuneFigures } from "../../../electron/contract/tune.ts";
import { useTexts } from "../../texts.ts";

/** A speed, such as "23.4 tok/s", with the middle half of its runs as a tooltip. */
export function SpeedText({ speed }: { speed: TuneFigures["writing"] }) {
  const { say, figures } = useTexts();
  const [low, high] = [figures.speedFigure(speed.lowerQuartile), figures.speedFigure(speed.upperQuartile)];
  return (
    <span className="figure" title={say("tune:halfOfRuns", { low, high })}>
      {figures.speed(speed.median)}
    </span>
  );
}
