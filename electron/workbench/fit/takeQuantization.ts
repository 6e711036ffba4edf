import type { MemoryQuestion } from "./judgeMemory.ts";
import { judgeMemory } from "./judgeMemory.ts";
import type { SpeedPrediction } from "../../contract/fit.ts";
import type { TimedModel } from "./predictSpeed.ts";

/** Highest precision first, with the usual bits per weight over a whole file (llama.cpp tools/quantize/README.md). */
const quantizations: readonly (readonly [name: string, typeName: string, bits: number])[] = [
  ["Q8_0", "Q8_0", 8.5],
  ["Q6_K", "Q6_K", 6.56],
  ["Q5_K_M", "Q5_K", 5.7],
  ["Q4_K_M", "Q4_K", 4.89],
  ["Q3_K_M", "Q3_K", 4],
  ["Q2_K", "Q2_K", 3.16],
];

/** A lower precision than this costs more quality than the speed is worth. Only a lack of memory justifies it. */
const coarsestForSpeed = quantizations.findIndex(([name]) => name === "Q4_K_M");

/** In tokens per second. Slower than this, a thought of some thousand tokens takes longer than most people wait. */
export const quickEnough = 5;

/**
 * Returns the quantization with the highest precision that fits with room for a long thought and is fast enough, as far
 * as that is known. If none is fast enough, Q4_K_M, or a lower precision if higher ones leave no such room; else the
 * highest precision that fits at all. Null if none does.
 */
export function takeQuantization(
  model: TimedModel,
  question: MemoryQuestion,
  predict: ((model: TimedModel) => SpeedPrediction | null) | null,
): string | null {
  const bytes = model.matrices.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const weights = model.matrices.reduce((sum, group) => sum + group.weights, 0);
  const candidates = quantizations.map(([name, typeName, bits]) => {
    const scale = (weights * bits) / 8 / bytes;
    const shape = {
      ...model.shape,
      weightsBytes: model.shape.weightsBytes * scale,
      repackableBytes: model.shape.repackableBytes * scale,
    };
    const matrices = model.matrices.map((group) => ({ ...group, typeName, sizeBytes: (group.weights * bits) / 8 }));
    const { verdict } = judgeMemory(shape, question);
    const speed = predict?.({ ...model, key: `${model.key} ${name}`, shape, matrices })?.generation.value;
    return { name, verdict, isQuick: speed === undefined || speed >= quickEnough };
  });
  const isRoomy = ({ verdict }: (typeof candidates)[number]): boolean => verdict === "fits";
  const fine = candidates.slice(0, coarsestForSpeed + 1).filter(isRoomy);
  const chosen =
    fine.find(({ isQuick }) => isQuick) ??
    fine.at(-1) ??
    candidates.find(isRoomy) ??
    candidates.find(({ verdict }) => verdict !== "no");
  return chosen?.name ?? null;
}
