import type { Fit } from "../../../electron/contract/fit.ts";
import type { MemoryNeed } from "../../../electron/contract/models.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** Whether a model fits this machine's memory, for one row of the table. */
export interface MemoryFit {
  need: MemoryNeed;
  usableBytes: number;
  verdict: Fit["verdict"];
  limitedBy: Fit["limitedBy"];
}

/** Returns the parts of the memory that a model needs, in a sentence; for the tip and for screen readers. */
export function memoryText({ say }: Pick<Texts, "say">, { need, usableBytes, verdict, limitedBy }: MemoryFit): string {
  const { weightsBytes, keyValueBytes, computeBytes, contextSize } = need;
  const parts = say("models:memory.parts", {
    weights: weightsBytes,
    tokens: contextSize,
    cache: keyValueBytes,
    buffers: computeBytes,
    usable: usableBytes,
  });
  if (limitedBy === null) return parts;
  const limited = say(`models:memory.limited.${limitedBy}`, { verdict: say(`models:memory.${verdict}`) });
  return `${parts} (${limited})`;
}
