import { isR1Architecture, mayLackHeads } from "./architectures.ts";
import type { Container } from "./container.ts";
import { damagedHeader } from "./damagedHeader.ts";

/** The numbers of a decoder, checked against what makes llama.cpp abort or divide by zero. */
export interface Hyperparameters {
  layers: number;
  contextLength: number;
  width: number;
  /** The largest over the layers, where they differ. */
  heads: number;
  keyValueHeads: number;
  /** Key-value heads of all layers together. */
  totalKeyValueHeads: number;
  keyLength: number;
  valueLength: number;
  feedForward: number;
  experts: number;
  activeExperts: number;
  /** deepseek2 with split key and value matrices: the rank, else null. */
  latentRank: number | null;
  ropeDimensions: number;
}

// llama.cpp src/llama-hparams.h: LLAMA_MAX_LAYERS, LLAMA_MAX_EXPERTS.
const maxLayers = 512;
const maxExperts = 1024;
const maxWidth = 131_072;
const maxHeads = 4096;
const maxContext = 2 ** 27;
const ropeScalings = ["none", "linear", "yarn", "longrope"];

/** Fails with `model-header-invalid`, naming the key and its value. Sources: src/llama-model.cpp `load_hparams`. */
export function readHyperparameters({ values }: Container, architecture: string): Hyperparameters {
  const at = (key: string) => values.get(`${architecture}.${key}`);
  const whole = (key: string, least: number, most: number, fallback?: number): number => {
    const value = at(key) ?? fallback;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    const said = value === undefined ? "is missing" : `is ${describe(value)}`;
    throw damagedHeader(`"${architecture}.${key}" ${said}`);
  };
  const perLayer = (key: string, least: number, most: number, fallback?: number[]): number[] => {
    const value = at(key);
    if (value === undefined && fallback !== undefined) return fallback;
    if (typeof value !== "object" || !("count" in value)) {
      const same = whole(key, least, most);
      return Array.from({ length: layers }, () => same);
    }
    const numbers = value.numbers;
    const sound = numbers?.length === layers && numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= most);
    if (!sound || Math.max(...numbers) < least) throw damagedHeader(`"${architecture}.${key}" does not fit its layers`);
    return numbers;
  };

  const layers = whole("block_count", 1, maxLayers);
  const contextLength = whole("context_length", 1, maxContext);
  const width = whole("embedding_length", 1, maxWidth);
  whole("nextn_predict_layers", 0, layers, 0);
  whole("leading_dense_block_count", 0, layers, 0);
  const scaling = at("rope.scaling.type") ?? "linear";
  if (typeof scaling !== "string" || !ropeScalings.includes(scaling)) {
    throw damagedHeader(`"${architecture}.rope.scaling.type" is ${describe(scaling)}`);
  }
  checkFloats(architecture, at);

  const leastHeads = mayLackHeads(architecture) ? 0 : 1;
  const none = Array.from({ length: layers }, () => 0);
  const heads = perLayer("attention.head_count", leastHeads, maxHeads, leastHeads === 0 ? none : undefined);
  const keyValueHeads = perLayer("attention.head_count_kv", leastHeads, maxHeads, heads);
  heads.forEach((count, layer) => {
    const shared = keyValueHeads[layer] ?? 0;
    if (shared > 0 && (shared > count || count % shared !== 0)) {
      throw damagedHeader(`${count} attention heads cannot share ${shared} key-value heads`);
    }
  });

  const mostHeads = Math.max(...heads);
  const headWidth = heads[0] ? Math.floor(width / heads[0]) : 0;
  const keyLength = whole("attention.key_length", 0, maxWidth, headWidth);
  const valueLength = whole("attention.value_length", 0, maxWidth, headWidth);
  if (mostHeads > 0 && (keyLength === 0 || valueLength === 0)) throw damagedHeader("its attention heads have no width");
  const ropeDimensions = whole("rope.dimension_count", 0, maxWidth, keyLength);
  const experts = whole("expert_count", 0, maxExperts, 0);
  const activeExperts = Math.max(
    ...perLayer("expert_used_count", experts === 0 ? 0 : 1, maxExperts, experts === 0 ? none : undefined),
  );
  checkExperts(
    experts,
    activeExperts,
    whole("expert_group_count", 0, maxExperts, 0),
    whole("expert_group_used_count", 0, maxExperts, 0),
  );
  const latentRank = architecture === "deepseek2" ? readLatentRank(whole, ropeDimensions, keyLength) : null;
  if (isR1Architecture(architecture) && architecture !== "deepseek2") {
    // The graph builders assert this once the first token is computed (src/models/qwen2.cpp, llama.cpp, qwen3.cpp).
    if (keyLength !== valueLength || ropeDimensions !== keyLength)
      throw damagedHeader("its attention heads do not agree");
  }
  return {
    layers,
    contextLength,
    width,
    heads: mostHeads,
    keyValueHeads: Math.max(...keyValueHeads),
    totalKeyValueHeads: keyValueHeads.reduce((sum, count) => sum + count, 0),
    keyLength,
    valueLength,
    feedForward: Math.max(0, ...perLayer("feed_forward_length", 0, 2 ** 24, none)),
    experts,
    activeExperts,
    latentRank,
    ropeDimensions,
  };
}

type Whole = (key: string, least: number, most: number, fallback?: number) => number;

/** Old files without the two MLA lengths keep full heads (src/llama-hparams.cpp, `is_mla`). */
function readLatentRank(whole: Whole, ropeDimensions: number, keyLength: number): number | null {
  const rank = whole("attention.kv_lora_rank", 1, maxWidth);
  const mlaKeyLength = whole("attention.key_length_mla", 0, maxWidth, 0);
  const mlaValueLength = whole("attention.value_length_mla", 0, maxWidth, 0);
  if ((mlaKeyLength === 0) !== (mlaValueLength === 0))
    throw damagedHeader("only one of its two latent lengths is there");
  if ((mlaKeyLength || keyLength) <= ropeDimensions) throw damagedHeader("its heads are narrower than their rotation");
  return mlaKeyLength === 0 ? null : rank;
}

function checkExperts(experts: number, active: number, groups: number, activeGroups: number): void {
  const sound =
    experts === 0
      ? active === 0 && groups === 0
      : active <= experts &&
        groups < experts &&
        (groups <= 1 || (experts % groups === 0 && activeGroups > 0 && activeGroups < groups));
  if (!sound) throw damagedHeader(`its experts do not add up: ${active} of ${experts} in ${groups} groups`);
}

function checkFloats(architecture: string, at: (key: string) => unknown): void {
  for (const key of ["attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "rope.freq_base"]) {
    const value = at(key);
    if (value === undefined) continue;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0) {
      throw damagedHeader(`"${architecture}.${key}" is ${describe(value)}`);
    }
  }
  if (isR1Architecture(architecture) && at("attention.layer_norm_rms_epsilon") === undefined) {
    throw damagedHeader(`"${architecture}.attention.layer_norm_rms_epsilon" is missing`);
  }
}

function describe(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("en");
  return typeof value === "string" ? `"${value.slice(0, 40)}"` : "not a number";
}
