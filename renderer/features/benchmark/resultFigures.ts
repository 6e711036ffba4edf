import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { HeadlineProps } from "../../parts/Headline.tsx";
import { headlineFigures, type MainSpeeds } from "./headlineFigures.ts";
import { llamaBenchName } from "./llamaBenchName.ts";
import { mainSpeeds } from "./mainSpeeds.ts";

/** Returns a result's speeds of writing and reading, and both as figures; those of its first test if it has neither. */
export function resultFigures(
  texts: Texts,
  result: BenchmarkResult,
): { speeds: MainSpeeds; figures: HeadlineProps["figures"] } {
  const { writing, reading } = mainSpeeds(result);
  const speeds = { writing: writing?.tokensPerSecond.median, reading: reading?.tokensPerSecond.median };
  const figures = headlineFigures(texts, speeds);
  const [first] = result.tests;
  if (figures.length > 0 || first === undefined) return { speeds, figures };
  const value = texts.figures.speedFigure(first.tokensPerSecond.median);
  return { speeds, figures: [{ value, unit: `${texts.say("benchmark:table.speed")} ${llamaBenchName(first)}` }] };
}
