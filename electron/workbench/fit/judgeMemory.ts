import type { Fit } from "../../contract/fit.ts";
import type { KvCacheType, MemoryNeed, ModelShape } from "../../contract/models.ts";
import { chooseContext, type ContextChoice } from "../models/chooseContext.ts";
import { memoryNeed } from "../models/memoryNeed.ts";

export interface MemoryQuestion {
  name: string;
  /** The model's own limit. Null if it does not state one. */
  contextLength: number | null;
  /** Null stands for the context that the model would get. */
  contextSize: number | null;
  /** Memory that a model may use. */
  usableBytes: number;
}

/** A long thought does not fit in a smaller context. */
export const roomyContext = 8192;
const smallestContext = 512;
const contextStep = 256;
const usualLimit = 131_072;
/** Half the memory of half floats, with the smallest loss of precision. */
const smallerCacheType: KvCacheType = "q8_0";

/**
 * Returns whether a model fits into memory with a context, which part prevents it, and the largest context that fits.
 * If memory is short, also whether keys and values of a smaller type would help.
 */
export function judgeMemory(
  shape: ModelShape,
  question: MemoryQuestion,
): Pick<Fit, "verdict" | "limitedBy" | "need" | "mapped" | "maxContext" | "smallerCache"> {
  const usual = judgeWith(null, shape, question);
  if (usual.verdict === "fits") return { ...usual, smallerCache: null };
  const smaller = judgeWith(smallerCacheType, shape, question);
  const isBetter = smaller.verdict === "fits" || (usual.verdict === "no" && smaller.verdict === "tight");
  const { maxContext } = smaller;
  return { ...usual, smallerCache: isBetter ? { kvCacheType: smallerCacheType, maxContext } : null };
}

function judgeWith(
  kvCacheType: KvCacheType | null,
  shape: ModelShape,
  question: MemoryQuestion,
): Pick<Fit, "verdict" | "limitedBy" | "need" | "mapped" | "maxContext"> {
  const { name, contextLength, contextSize, usableBytes } = question;
  const choiceAt = (context: number | null): ContextChoice | null => {
    try {
      const memory = { contextSize: context, freeBytes: usableBytes, gpuLayers: 0, onCpu: true, kvCacheType };
      return chooseContext(shape, { name, contextLength, ...memory });
    } catch {
      return null;
    }
  };
  const maxContext = largestContext((context) => choiceAt(context) !== null, contextLength ?? usualLimit);
  const found = choiceAt(contextSize);
  if (found === null) {
    const wanted = Math.min(contextSize ?? smallestContext, contextLength ?? Number.POSITIVE_INFINITY);
    const need = memoryNeed(shape, {
      contextSize: wanted,
      batchSize: Math.min(128, wanted),
      gpuLayers: 0,
      kvCacheType,
    });
    return { verdict: "no", limitedBy: limitingPart(need, usableBytes), need, mapped: false, maxContext };
  }
  const { need, hasRoomForCopy: mapped } = found;
  const roomy = Math.min(roomyContext, contextLength ?? roomyContext);
  if (maxContext >= roomy) return { verdict: "fits", limitedBy: null, need, mapped, maxContext };
  const tooMuch = memoryNeed(shape, { contextSize: roomy, batchSize: 128, gpuLayers: 0, kvCacheType });
  return { verdict: "tight", limitedBy: limitingPart(tooMuch, usableBytes), need, mapped, maxContext };
}

/**
 * Returns a multiple of 256, or the model's own limit. Memory only grows with the context. 0 if not even 512 tokens
 * fit.
 */
function largestContext(fits: (context: number) => boolean, limit: number): number {
  if (fits(limit)) return limit;
  let [good, bad] = [Math.floor(smallestContext / contextStep) - 1, Math.ceil(limit / contextStep)];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (fits(middle * contextStep)) good = middle;
    else bad = middle;
  }
  return good * contextStep < smallestContext ? 0 : good * contextStep;
}

function limitingPart(need: MemoryNeed, usableBytes: number): NonNullable<Fit["limitedBy"]> {
  if (need.weightsBytes > usableBytes) return "weights";
  return need.weightsBytes + need.keyValueBytes > usableBytes ? "kv-cache" : "compute-buffers";
}
