import { WorkbenchError } from "../../contract/errors.ts";
import type { KvCacheType, LoadSettings, MemoryNeed, ModelShape } from "../../contract/models.ts";
import { memoryNeed } from "./memoryNeed.ts";

export interface ContextWishes extends Partial<Pick<LoadSettings, "batchSize" | "kvCacheType" | "flashAttention">> {
  name: string;
  /** The model's own limit. Null if it does not state one. */
  contextLength: number | null;
  /** The user's choice. Null: as large as the model and memory allow, up to 16,384. */
  contextSize: number | null;
  freeBytes: number;
  gpuLayers: number;
  /** Whether the engine uses no graphics card. */
  onCpu: boolean;
  /** The batch size if memory allows. Null: 512. */
  largestBatch?: number | null;
}

export interface ContextChoice {
  contextSize: number;
  batchSize: number;
  /** Null stands for llama.cpp's own choice. */
  flashAttention: boolean | null;
  need: MemoryNeed;
  /** Whether the file can be mapped with all of its pages in memory. */
  hasRoomForCopy: boolean;
}

const usualSizes = [16_384, 8192, 4096, 2048, 1024, 512];
/** The batch size if the user did not choose one. */
export const usualBatch = 512;
/** Saves most of the compute buffer but makes reading prompts slower. */
const smallBatch = 128;

/**
 * Returns the context and batch size to load a model with, and whether to use flash attention. Throws `model-too-large`
 * with the sizes, and with a setting that would fit or that none does.
 */
export function chooseContext(shape: ModelShape, wishes: ContextWishes): ContextChoice {
  const most = wishes.contextLength ?? Number.POSITIVE_INFINITY;
  const { gpuLayers, kvCacheType = null, flashAttention: wished = null } = wishes;
  const choice = (contextSize: number, batchSize: number, flashAttention = wished): ContextChoice => {
    const batch = Math.min(batchSize, contextSize);
    const placement = { contextSize, batchSize: batch, gpuLayers, kvCacheType };
    const need = memoryNeed(shape, { ...placement, flashAttention: flashAttention ?? true });
    const hasRoomForCopy = need.totalBytes + need.copyBytes + reserveBytes(need) <= wishes.freeBytes;
    return { contextSize, batchSize: batch, flashAttention, need, hasRoomForCopy };
  };
  const fits = ({ need }: ContextChoice) => need.totalBytes + reserveBytes(need) <= wishes.freeBytes;
  /**
   * On the CPU, R1 writes and reads faster without flash attention (docs/decode-speed.md), where there is room for it.
   * Quantized values need it.
   */
  const withAttention = (chosen: ContextChoice): ContextChoice => {
    if (wished !== null || !wishes.onCpu || isQuantized(kvCacheType)) return chosen;
    const without = choice(chosen.contextSize, chosen.batchSize, false);
    return fits(without) ? without : chosen;
  };

  const sizes = usualSizes.filter((size) => size <= most);
  if (most < (usualSizes[0] ?? 0) && !sizes.includes(most)) sizes.unshift(most);
  const largest = wishes.largestBatch ?? usualBatch;
  const batches =
    typeof wishes.batchSize === "number"
      ? [wishes.batchSize]
      : [largest, ...[usualBatch, smallBatch].filter((size) => size < largest)];
  // A larger context is worth more than a larger batch, which only makes reading prompts faster.
  const ladder = sizes.flatMap((size) => batches.map((batch) => choice(size, batch)));
  const best = ladder.find(fits);
  if (wishes.contextSize === null) {
    if (best !== undefined) return withAttention(best);
    throw tooLarge(wishes, ladder.at(-1) ?? choice(Math.min(512, most), smallBatch), null);
  }
  const wanted = Math.min(wishes.contextSize, most);
  const chosen = batches.map((batch) => choice(wanted, batch));
  const found = chosen.find(fits);
  if (found !== undefined) return withAttention(found);
  throw tooLarge(wishes, choice(wanted, batches.at(-1) ?? smallBatch), best ?? null);
}

const isQuantized = (type: KvCacheType | null): boolean => type !== null && type.startsWith("q");

/** Returns the memory to leave for the rest of the machine: a tenth of the need and 64 MiB, at most 512 MiB. */
function reserveBytes(need: MemoryNeed): number {
  const mebibyte = 1024 * 1024;
  return Math.min(512 * mebibyte, Math.ceil(need.totalBytes / 10) + 64 * mebibyte);
}

function tooLarge(
  wishes: ContextWishes,
  { contextSize, need }: ContextChoice,
  fitting: ContextChoice | null,
): WorkbenchError {
  const { name, freeBytes: free } = wishes;
  const reserve = reserveBytes(need);
  const known = { name, needed: need.totalBytes + reserve, free, context: contextSize };
  return new WorkbenchError(
    "model-too-large",
    fitting === null
      ? { case: "noContext", ...known }
      : { case: "smallerContext", ...known, fitting: fitting.contextSize },
    JSON.stringify({ ...need, reserveBytes: reserve, freeBytes: free }),
  );
}
