import type { Fit } from "../../contract/fit.ts";
import type { MemoryNeed, ModelShape } from "../../contract/models.ts";
import { chooseContext } from "../models/chooseContext.ts";
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

/**
 * Returns whether a model fits into memory with a context, which part prevents it, and the largest context that fits.
 */
export function judgeMemory(
  shape: ModelShape,
  question: MemoryQuestion,
): Pick<Fit, "verdict" | "limitedBy" | "need" | "maxContext"> {
  const { contextLength, contextSize, usableBytes } = question;
  const needAt = (context: number | null): MemoryNeed | null => {
    try {
      const wishes = { name: question.name, contextLength, contextSize: context, freeBytes: usableBytes, gpuLayers: 0 };
      return chooseContext(shape, wishes).need;
    } catch {
      return null;
    }
  };
  const maxContext = largestContext((context) => needAt(context) !== null, contextLength ?? usualLimit);
  const found = needAt(contextSize);
  if (found === null) {
    const wanted = Math.min(contextSize ?? smallestContext, contextLength ?? Number.POSITIVE_INFINITY);
    const need = memoryNeed(shape, { contextSize: wanted, batchSize: Math.min(128, wanted), gpuLayers: 0 });
    return { verdict: "no", limitedBy: limitingPart(need, usableBytes), need, maxContext };
  }
  const roomy = Math.min(roomyContext, contextLength ?? roomyContext);
  if (maxContext >= roomy) return { verdict: "fits", limitedBy: null, need: found, maxContext };
  const tooMuch = memoryNeed(shape, { contextSize: roomy, batchSize: 128, gpuLayers: 0 });
  return { verdict: "tight", limitedBy: limitingPart(tooMuch, usableBytes), need: found, maxContext };
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
