import type { Texts } from "../../../electron/texts/texts.ts";
import type { HeadlineProps } from "../../parts/Headline.tsx";

/** Speeds in tokens per second. Undefined: not measured. */
export interface MainSpeeds {
  writing: number | undefined;
  reading: number | undefined;
}

/** Returns the speeds that stand for a benchmark. `notYet` stands for one that will be measured; undefined leaves it out. */
export function headlineFigures(
  { say, figures }: Texts,
  speeds: MainSpeeds,
  notYet?: string,
): HeadlineProps["figures"] {
  return (["writing", "reading"] as const).flatMap((part) => {
    const speed = speeds[part];
    const value = speed === undefined ? notYet : figures.speedFigure(speed);
    return value === undefined ? [] : [{ value, unit: say(`benchmark:headline.${part}`) }];
  });
}
