import type { Model } from "../../../electron/contract/models.ts";
import type { SpeedPrediction } from "../../../electron/contract/fit.ts";
import { useFit } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import type { MemoryFit } from "./memoryText.ts";
import { type SpeedWords, speedWords } from "./speedWords.ts";

/** Returns the speed of a row's model in words. `model` is undefined if it is not on this machine. */
export function useKnownSpeed(
  model: Pick<Model, "measuredTokensPerSecond" | "lastUsedAt"> | undefined,
  predicted: SpeedPrediction | null,
  fit: MemoryFit | null,
): SpeedWords {
  const texts = useTexts();
  const trials = useFit((state) => state.trials);
  return speedWords(texts, {
    measured: model?.measuredTokensPerSecond ?? null,
    measuredAt: model?.lastUsedAt ?? null,
    predicted,
    missingBytes: fit?.verdict === "no" ? fit.need.totalBytes - fit.usableBytes : null,
    trials,
  });
}
