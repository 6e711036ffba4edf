import type { BenchmarkResult } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import { resultBytes } from "../../../electron/texts/benchmark/resultBytes.ts";
import type { Texts } from "../../../electron/texts/texts.ts";
import type { LineFact } from "../../parts/FactLine.tsx";

/** Below, other programs are not worth mentioning. In cores. */
const leastOtherCores = 0.05;

/** Returns the conditions that a reader needs to judge a result, without those that are not known. */
export function mainFacts({ say, figures }: Texts, result: BenchmarkResult): LineFact[] {
  const { conditions, noise, startedAt, endedAt } = result;
  const { engine, settings, model, power, thermal } = conditions;
  const others = noise.otherLoadCores ?? 0;
  return [
    figures.joined([model.name, model.quantization, figures.bytes(resultBytes(model))]),
    figures.joined([backendNames[engine.backend], say("benchmark:threads", { count: settings.threads })]),
    settings.gpuLayers === 0
      ? null
      : say("benchmark:value.someOnGpu", { gpu: settings.gpuLayers, all: settings.layers }),
    settings.flashAttention === null
      ? null
      : say(settings.flashAttention ? "benchmark:picture.attentionOn" : "benchmark:picture.attentionOff"),
    settings.kvCacheType === "f16" ? null : say("benchmark:picture.cache", { type: settings.kvCacheType }),
    power.source === "battery" ? { tight: say("benchmark:picture.battery") } : null,
    power.source === "mains" ? say("benchmark:picture.mains") : null,
    thermal.throttled === true ? { tight: say("benchmark:facts.throttled") } : null,
    others < leastOtherCores
      ? null
      : say("benchmark:result.otherPrograms", { count: others, cores: figures.digits(Math.round(others * 10) / 10) }),
    figures.joined([
      figures.dayAndTime(startedAt),
      say("benchmark:result.took", { time: figures.seconds(endedAt - startedAt, 0) }),
    ]),
  ];
}
