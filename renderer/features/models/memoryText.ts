import type { Fit } from "../../../electron/contract/fit.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { onServerText } from "../../../electron/texts/llamaServer/serverText.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** Whether a model fits this machine's memory, for one row of the table. */
export type MemoryFit = Pick<
  Fit,
  "need" | "usableBytes" | "verdict" | "limitedBy" | "mapped" | "smallerCache" | "onServer"
>;

/** Returns the parts of the memory that a model needs, in sentences; for the tip and for screen readers. */
export function memoryText(texts: Pick<Texts, "say" | "i18n">, fit: MemoryFit): string {
  const { say } = texts;
  const { need, usableBytes, verdict, limitedBy, mapped, smallerCache, onServer } = fit;
  const { weightsBytes, keyValueBytes, computeBytes, contextSize, copyBytes } = need;
  const parts = say("models:memory.parts", {
    weights: weightsBytes,
    tokens: contextSize,
    cache: keyValueBytes,
    buffers: computeBytes,
    usable: usableBytes,
  });
  const limited =
    limitedBy === null
      ? []
      : [`(${say(`models:memory.limited.${limitedBy}`, { verdict: say(`models:memory.${verdict}`) })})`];
  // A model that does not fit is not loaded in either way.
  const copy =
    copyBytes === 0 || verdict === "no"
      ? []
      : [say(mapped ? "models:memory.copyMapped" : "models:memory.copyRead", { copy: copyBytes })];
  const smaller =
    smallerCache === null
      ? []
      : [say("models:memory.smallerCache", { type: smallerCache.kvCacheType, tokens: smallerCache.maxContext })];
  return joinSentences(texts, [
    parts,
    ...limited,
    ...copy,
    ...smaller,
    onServer === null ? null : onServerText(texts, onServer),
  ]);
}
