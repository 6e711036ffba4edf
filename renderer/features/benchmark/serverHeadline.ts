import type { Texts } from "../../../electron/texts/texts.ts";
import type { HeadlineProps } from "../../parts/Headline.tsx";

/** Returns the figures that stand for a benchmark of a server. Null: not measured. */
export function serverHeadline(
  { say, figures }: Texts,
  { ttftMs, writing }: { ttftMs: number | null; writing: number | null },
): HeadlineProps["figures"] {
  return [
    {
      value: writing === null ? "–" : figures.speedFigure(writing),
      unit: say("benchmark:headline.writing"),
    },
    {
      value: ttftMs === null ? "–" : figures.seconds(ttftMs, 2),
      unit: say("benchmark:server.headlineFirstToken"),
    },
  ];
}
