import { WorkbenchError } from "../../contract/errors.ts";
import type { LoadSettings, MemoryNeed, ModelShape } from "../../contract/models.ts";
import { memoryNeed } from "./memoryNeed.ts";

export interface ContextWishes extends Partial<Pick<LoadSettings, "batchSize" | "kvCacheType">> {
  name: string;
  /** The model's own limit. Null if it does not state one. */
  contextLength: number | null;
  /** The user's choice. Null: as large as the model and memory allow, up to 16,384. */
  contextSize: number | null;
  freeBytes: number;
  gpuLayers: number;
  /** The batch size if memory allows. Null: 512. */
  largestBatch?: number | null;
}

export interface ContextChoice {
  contextSize: number;
  batchSize: number;
  need: MemoryNeed;
}

const usualSizes = [16_384, 8192, 4096, 2048, 1024, 512];
/** The batch size if the user did not choose one. */
export const usualBatch = 512;
/** Saves most of the compute buffer but makes reading prompts slower. */
const smallBatch = 128;

/**
 * Returns the context and batch size to load a model with. Throws `model-too-large` with the sizes, and with a setting
 * that would fit or that none does.
 */
export function chooseContext(shape: ModelShape, wishes: ContextWishes): ContextChoice {
  const most = wishes.contextLength ?? Number.POSITIVE_INFINITY;
  const choice = (contextSize: number, batchSize: number): ContextChoice => {
    const batch = Math.min(batchSize, contextSize);
    const { gpuLayers, kvCacheType = null } = wishes;
    const need = memoryNeed(shape, { contextSize, batchSize: batch, gpuLayers, kvCacheType });
    return { contextSize, batchSize: batch, need };
  };
  const fits = ({ need }: ContextChoice) => need.totalBytes + reserveBytes(need) <= wishes.freeBytes;

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
    if (best !== undefined) return best;
    throw tooLarge(wishes, ladder.at(-1) ?? choice(Math.min(512, most), smallBatch), null);
  }
  const wanted = Math.min(wishes.contextSize, most);
  const chosen = batches.map((batch) => choice(wanted, batch));
  const found = chosen.find(fits);
  if (found !== undefined) return found;
  throw tooLarge(wishes, choice(wanted, batches.at(-1) ?? smallBatch), best ?? null);
}

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
