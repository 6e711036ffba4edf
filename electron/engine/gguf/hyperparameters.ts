import { ArchitectureKeys } from "./ArchitectureKeys.ts";
import { isR1Architecture, mayLackHeads } from "./architectures.ts";
import type { Container } from "./container.ts";
import { damagedHeader } from "./damagedHeader.ts";

/** The hyperparameters of a decoder, checked for values that make llama.cpp abort or divide by zero. */
export interface Hyperparameters {
  layers: number;
  contextLength: number;
  width: number;
  /** Heads of the layer with the most. */
  heads: number;
  /** Key-value heads of all layers, summed. */
  totalKeyValueHeads: number;
  keyLength: number;
  valueLength: number;
  /** Width of the widest layer: dense, or all experts that process one token together. */
  feedForward: number;
  experts: number;
  activeExperts: number;
  /** The rank for deepseek2 with separate key and value matrices, or null. */
  latentRank: number | null;
  ropeDimensions: number;
}

// llama.cpp src/llama-hparams.h: LLAMA_MAX_LAYERS, LLAMA_MAX_EXPERTS. The other limits are far beyond any model.
const maxLayers = 512;
const maxExperts = 1024;
const maxWidth = 131_072;
const maxHeads = 4096;
const maxFeedForward = 2 ** 24;
const maxContext = 2 ** 27;
const ropeScalings = ["none", "linear", "yarn", "longrope"];

/** Throws `model-header-invalid` with the key and its value. Source: src/llama-model.cpp `load_hparams`. */
export function readHyperparameters({ values }: Container, architecture: string): Hyperparameters {
  const keys = new ArchitectureKeys(values, architecture);
  const layers = keys.whole("block_count", 1, maxLayers);
  const contextLength = keys.whole("context_length", 1, maxContext);
  const width = keys.whole("embedding_length", 1, maxWidth);
  keys.whole("nextn_predict_layers", 0, layers, 0);
  keys.whole("leading_dense_block_count", 0, layers, 0);
  checkFloats(keys, isR1Architecture(architecture));
  const attention = readAttention(keys, architecture, layers, width);
  const latentRank = architecture === "deepseek2" ? readLatentRank(keys, attention) : null;
  return { layers, contextLength, width, ...attention, ...readFeedForward(keys, architecture, layers), latentRank };
}

type Attention = Pick<Hyperparameters, "heads" | "totalKeyValueHeads" | "keyLength" | "valueLength" | "ropeDimensions">;

function readAttention(keys: ArchitectureKeys, architecture: string, layers: number, width: number): Attention {
  const optional = mayLackHeads(architecture);
  // Other architectures omit attention in some layers, but R1's do not.
  const range = { least: optional ? 0 : 1, most: maxHeads, everyLayer: isR1Architecture(architecture) };
  const none = optional ? { fallback: Array.from({ length: layers }, () => 0) } : {};
  const heads = keys.perLayer("attention.head_count", layers, { ...range, ...none });
  const keyValueHeads = keys.perLayer("attention.head_count_kv", layers, { ...range, fallback: heads });
  for (const [layer, count] of heads.entries()) {
    const shared = keyValueHeads[layer] ?? 0;
    if (shared > 0 && (shared > count || count % shared !== 0)) {
      throw damagedHeader(`${count} attention heads cannot share ${shared} key-value heads`);
    }
  }
  const [first = 0] = heads;
  const headWidth = first === 0 ? 0 : Math.floor(width / first);
  const least = first === 0 ? 0 : 1;
  const keyLength = keys.whole("attention.key_length", least, maxWidth, headWidth);
  const valueLength = keys.whole("attention.value_length", least, maxWidth, headWidth);
  const ropeDimensions = keys.whole("rope.dimension_count", 0, maxWidth, keyLength);
  const plain = isR1Architecture(architecture) && architecture !== "deepseek2";
  // The graph builders assert this when the first token is computed (src/models/qwen2.cpp, llama.cpp, qwen3.cpp).
  if (plain && (keyLength !== valueLength || ropeDimensions !== keyLength)) {
    throw damagedHeader("its attention heads do not agree");
  }
  const totalKeyValueHeads = keyValueHeads.reduce((sum, count) => sum + count, 0);
  return { heads: Math.max(...heads), totalKeyValueHeads, keyLength, valueLength, ropeDimensions };
}

/** Old files without the two MLA lengths store full heads (src/llama-hparams.cpp, `is_mla`). */
function readLatentRank(keys: ArchitectureKeys, { keyLength, ropeDimensions }: Attention): number | null {
  const rank = keys.whole("attention.kv_lora_rank", 1, maxWidth);
  const latentKeyLength = keys.whole("attention.key_length_mla", 0, maxWidth, 0);
  const latentValueLength = keys.whole("attention.value_length_mla", 0, maxWidth, 0);
  if ((latentKeyLength === 0) !== (latentValueLength === 0)) {
    throw damagedHeader("only one of its two latent lengths is there");
  }
  if ((latentKeyLength || keyLength) <= ropeDimensions) {
    throw damagedHeader("its heads are narrower than their rotation");
  }
  return latentKeyLength === 0 ? null : rank;
}

function readFeedForward(
  keys: ArchitectureKeys,
  architecture: string,
  layers: number,
): Pick<Hyperparameters, "feedForward" | "experts" | "activeExperts"> {
  const none = Array.from({ length: layers }, () => 0);
  const everyLayer = isR1Architecture(architecture);
  const experts = keys.whole("expert_count", 0, maxExperts, 0);
  const activeRange = { most: maxExperts, everyLayer: false };
  const active =
    experts === 0
      ? keys.perLayer("expert_used_count", layers, { least: 0, ...activeRange, fallback: none })
      : keys.perLayer("expert_used_count", layers, { least: 1, ...activeRange });
  const activeExperts = Math.max(...active);
  checkExperts(keys, experts, activeExperts);
  // A width of zero becomes an empty tensor, on which llama.cpp's loader aborts.
  const range = { most: maxFeedForward, everyLayer };
  const dense =
    experts > 0 || mayLackHeads(architecture)
      ? keys.perLayer("feed_forward_length", layers, { least: 0, ...range, fallback: none })
      : keys.perLayer("feed_forward_length", layers, { least: 1, ...range });
  if (experts === 0) return { feedForward: Math.max(...dense), experts, activeExperts };
  const expertRange = { least: 1, most: maxFeedForward, everyLayer: false };
  const expertWidth = Math.max(
    ...keys.perLayer("expert_feed_forward_length", layers, { ...expertRange, fallback: dense }),
  );
  if (expertWidth === 0) throw keys.refusal("expert_feed_forward_length");
  const shared = keys.whole("expert_shared_count", 0, maxExperts, 0);
  return { feedForward: Math.max(...dense, expertWidth * (activeExperts + shared)), experts, activeExperts };
}

function checkExperts(keys: ArchitectureKeys, experts: number, active: number): void {
  const groups = keys.whole("expert_group_count", 0, maxExperts, 0);
  const activeGroups = keys.whole("expert_group_used_count", 0, maxExperts, 0);
  const sound =
    experts === 0
      ? active === 0 && groups === 0
      : active <= experts &&
        groups < experts &&
        (groups <= 1 || (experts % groups === 0 && activeGroups > 0 && activeGroups < groups));
  if (!sound) throw damagedHeader(`its experts do not add up: ${active} of ${experts} in ${groups} groups`);
}

function checkFloats(keys: ArchitectureKeys, isR1: boolean): void {
  const scaling = keys.get("rope.scaling.type") ?? "linear";
  if (typeof scaling !== "string" || !ropeScalings.includes(scaling)) throw keys.refusal("rope.scaling.type");
  for (const key of ["attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "rope.freq_base"]) {
    const value = keys.get(key);
    if (value === undefined) continue;
    if (typeof value !== "number" || !Number.isFinite(value) || value < 0) throw keys.refusal(key);
  }
  if (isR1 && keys.get("attention.layer_norm_rms_epsilon") === undefined) {
    throw keys.refusal("attention.layer_norm_rms_epsilon");
  }
}
