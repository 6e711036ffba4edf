/**
 * Model architectures of the llama.cpp release in node-llama-cpp 3.21.1 (src/llama-arch.cpp, LLM_ARCH_NAMES). Compare
 * this list when that package is updated; a test checks the package's version.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Architectures that generate text. */
const generatingArchitectures = words(`
llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bloom stablelm qwen qwen2
qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe qwen4exp phi2 phi3 phimoe plamo
plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3 gemma3n gemma4 starcoder2 mamba
mamba2 jamba falcon-h1 xverse command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe muse-glimmer openelm arctic
deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4 chatglm glm4 glm4moe glm-dsa bitnet t5 jais jais2
nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite granitemoe
granitehybrid graniteswitch granite_swa chameleon plm bailingmoe bailingmoe2 bailingmoe3 dots1 dots3note arcee
afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe hunyuan-dense hunyuan_vl hy_v3 smollm3 gpt-oss lfm2 lfm2moe
dream smallthinker llada llada-moe seed_oss grovemoe apertus minimax-01 minimax-m2 minimax-m3 cogvlm rnd1
pangu-embedded mistral3 mistral4 paddleocr mimo2 step35 maincoder kimi-linear kimi-k3 talkie mellum nanbeige
`);

/** Architectures that compute embeddings, process images, produce speech or only draft for another model. */
const otherArchitectures = words(`
clip bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding
llama-embed t5encoder wavtokenizer-dec qwen3tts pockettts eagle3 dflash gemma4-assistant
`);

/**
 * Architectures without attention in some or all layers, for which zero heads are valid (llm_arch_is_recurrent,
 * llm_arch_is_hybrid).
 */
const recurrentArchitectures = words(`
mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7 jamba falcon-h1 plamo2 granitehybrid lfm2 lfm2moe nemotron_h
nemotron_h_moe qwen3next kimi-linear bailingmoe3 kimi-k3 qwen35 qwen35moe qwen4exp deepseek4 minimax-01
`);

/** The architectures of R1 and its distills. Their headers are checked most strictly. */
const r1Architectures = words("llama qwen2 qwen3 qwen3moe deepseek2");

export type ArchitectureKind = "chat" | "notChat" | "unknown";

export function architectureKind(architecture: string): ArchitectureKind {
  if (generatingArchitectures.has(architecture)) return "chat";
  return otherArchitectures.has(architecture) ? "notChat" : "unknown";
}

export function mayLackHeads(architecture: string): boolean {
  return recurrentArchitectures.has(architecture) || !generatingArchitectures.has(architecture);
}

export function isR1Architecture(architecture: string): boolean {
  return r1Architectures.has(architecture);
}
