import type { Model } from "../../../electron/contract/models.ts";
import type { SpeedPrediction } from "../../../electron/contract/fit.ts";
import { useBenchmark, useFit } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { measuredSpeed } from "./measuredSpeed.ts";
import type { MemoryFit } from "./memoryText.ts";
import { type SpeedWords, speedWords } from "./speedWords.ts";

/** Returns the speed of a row's model in words. `model` is undefined if it is not on this machine. */
export function useKnownSpeed(
  model: Model | undefined,
  predicted: SpeedPrediction | null,
  fit: MemoryFit | null,
): SpeedWords {
  const texts = useTexts();
  const history = useBenchmark((state) => (state.history.state === "ready" ? state.history.value : null));
  const trials = useFit((state) => state.trials);
  return speedWords(texts, {
    measured: model === undefined ? null : measuredSpeed(model, history?.results ?? [], history?.machineId ?? ""),
    predicted,
    missingBytes: fit?.verdict === "no" ? fit.need.totalBytes - fit.usableBytes : null,
    trials,
  });
}
