import catalog from "../../resources/catalog.json" with { type: "json" };

/** The dimensions of a decoder as its authors published them (config.json). */
export interface Dimensions {
  layers: number;
  width: number;
  heads: number;
  keyValueHeads: number;
  keyLength: number;
  feedForward: number;
  vocabulary: number;
  context: number;
  /** Unusual parts of its layers, and "tied": the embeddings also serve as the output matrix. */
  parts: ReadonlySet<string>;
  experts?: {
    count: number;
    active: number;
    feedForward: number;
    shared: number | undefined;
    denseLayers: number | undefined;
  };
  /** Multi-head latent attention; a query rank of 0 means none. */
  latent?: { queryRank: number; keyValueRank: number; rope: number; valueLength: number };
}

type Keys = Record<string, number | string | boolean | number[]>;

export interface PublishedModel {
  name: string;
  architecture: string;
  /** Byte pairs, or pieces with scores. */
  tokenizer: "gpt2" | "llama";
  quantization: Quantization;
  /** The number of weights that the hub counts in the published files, without those that the converter omits. */
  parameters: number;
  dimensions: Dimensions;
  /** Under the architecture's name, in addition to the common ones. */
  keys: Keys;
}

export type Quantization = "F16" | "Q8_0" | "Q2_K" | "Q3_K_M" | "Q4_K_M" | "Q5_K_M" | "Q6_K" | "IQ1_S" | "MXFP4";

const yarn: Keys = {
  "rope.scaling.type": "yarn",
  "rope.scaling.factor": 40,
  "rope.scaling.original_context_length": 4096,
};

const publishedR1: Record<string, number> = {
  "R1-Distill-Qwen-1.5B": 1_777_088_000,
  "R1-Distill-Qwen-7B": 7_615_616_512,
  "R1-Distill-Llama-8B": 8_030_261_248,
  "R1-0528-Qwen3-8B": 8_190_735_360,
  "R1-Distill-Qwen-14B": 14_770_033_664,
  "R1-Distill-Qwen-32B": 32_763_876_352,
  "R1-Distill-Llama-70B": 70_553_706_496,
  R1: 671_026_419_200,
  "R1-0528": 671_026_419_200,
};

/** The R1 family in every quantization of the catalogue. */
const r1Family = catalog.models.flatMap(({ name, contextLength, shape, variants }): PublishedModel[] => {
  const architecture = /Qwen3|Qwen|Llama/.exec(name)?.[0] ?? "R1";
  const { mixture } = shape;
  const experts = mixture && {
    count: mixture.experts,
    active: mixture.activeExperts,
    feedForward: mixture.expertFeedForward,
    shared: mixture.sharedExperts,
    denseLayers: mixture.denseLayers,
  };
  const latent = mixture && {
    queryRank: mixture.queryRank,
    keyValueRank: mixture.keyValueRank,
    rope: mixture.ropeLength,
    valueLength: shape.valueLength,
  };
  const dimensions: Dimensions = {
    ...shape,
    context: contextLength,
    parts: new Set({ Qwen3: ["qknorm"], Qwen: ["bias"] }[architecture]),
    ...(experts && { experts }),
    ...(latent && { latent }),
  };
  return variants.map(({ quantization }) => ({
    name: `${name} ${quantization}`,
    architecture: { Qwen3: "qwen3", Qwen: "qwen2", Llama: "llama" }[architecture] ?? "deepseek2",
    tokenizer: "gpt2",
    // Dynamic mixes report the quantization of most of their weights.
    quantization: quantization.replace(/^UD-|_XL$/g, "") as Quantization,
    parameters: publishedR1[name] ?? 0,
    dimensions,
    keys: mixture === null ? {} : { ...yarn, expert_group_count: 8, expert_group_used_count: 4, expert_gating_func: 2 },
  }));
});

/**
 * Other chat models of many architectures, including small and odd widths on purpose. After the parameters: layers,
 * width, heads, key-value heads, key length, feed-forward, vocabulary, context; then the unusual parts of its layers.
 */
const table = `
Llama-3.2-1B         llama     Q8_0   1235814400    16 2048 32 8 64 8192     128256 131072  tied
Mistral-7B-v0.3      llama     Q5_K_M 7248023552    32 4096 32 8 128 14336   32768 32768    pieces
Mistral-Nemo-12B     llama     Q4_K_M 12247782400   40 5120 32 8 128 14336   131072 1024000
Mixtral-8x7B         llama     Q3_K_M 46702792704   32 4096 32 8 128 14336   32000 32768    pieces experts=8/2/14336
TinyLlama-1.1B       llama     Q6_K   1100048384    22 2048 32 4 64 5632     32000 2048     pieces
SmolLM2-135M         llama     Q4_K_M 134515008     30 576 9 3 64 1536       49152 8192     tied
Yi-1.5-9B            llama     Q4_K_M 8829407232    48 4096 32 4 128 11008   64000 4096     pieces
Qwen2.5-0.5B         qwen2     Q4_K_M 494032768     24 896 14 2 64 4864      151936 32768   tied bias
Qwen3-0.6B           qwen3     Q8_0   596049920     28 1024 16 8 128 3072    151936 40960   tied qknorm
Qwen3-30B-A3B        qwen3moe  Q4_K_M 30532122624   48 2048 32 4 128 6144    151936 40960   qknorm experts=128/8/768
Qwen1.5-MoE-A2.7B    qwen2moe  Q4_K_M 14315784192   24 2048 16 16 128 5632   151936 8192    bias experts=60/4/1408/4
DeepSeek-V2-Lite     deepseek2 Q4_K_M 15706484224   27 2048 16 16 192 10944  102400 163840  latent=0 experts=64/6/1408/2/1
Kimi-K2              deepseek2 Q2_K   1026408232448 61 7168 64 64 192 18432  163840 131072  latent=1536 experts=384/8/2048/1/1
Gemma-2-9B           gemma2    Q4_K_M 9241705984    42 3584 16 8 256 14336   256000 8192    tied pieces postnorm
Gemma-3-1B           gemma3    Q4_K_M 999885952     26 1152 4 1 256 6912     262144 32768   tied pieces postnorm qknorm
Gemma-3-4B           gemma3    Q4_K_M 3880263168    34 2560 8 4 256 10240    262208 131072  tied pieces postnorm qknorm
Phi-3-mini-128k      phi3      Q4_K_M 3821079552    32 3072 32 32 96 8192    32064 131072   pieces fused
Phi-4                phi3      Q4_K_M 14659507200   40 5120 40 10 128 17920  100352 16384   fused
OLMo-2-7B            olmo2     Q4_K_M 7298617344    32 4096 32 32 128 11008  100352 4096    qknorm
Granite-3.1-8B       granite   Q4_K_M 8170848256    40 4096 32 8 128 12800   49155 131072   tied
Granite-3.1-3B-A800M granitemoe Q4_K_M 3298793472   32 1536 24 8 64 512      49155 131072   tied experts=40/8/512
Command-R            command-r Q4_K_M 34980831232   40 8192 64 64 128 22528  256000 131072  tied onenorm
Command-R7B          cohere2   Q4_K_M 8028033024    32 4096 32 8 128 14336   256000 8192    tied onenorm
GLM-4-9B-0414        glm4      Q4_K_M 9400279040    40 4096 32 2 128 13696   151552 32768   bias postnorm fusedgate
GLM-4.5-Air          glm4moe   Q4_K_M 110468824832  47 4096 96 8 128 10944   151552 131072  bias experts=128/8/1408/1/1
gpt-oss-20B          gpt-oss   MXFP4  20914757184   24 2880 64 8 64 2880     201088 131072  bias sinks experts=32/4/2880
SmolLM3-3B           smollm3   Q4_K_M 3075098624    36 2048 16 4 128 11008   128256 65536   tied
InternLM2.5-7B       internlm2 Q4_K_M 7737708544    32 4096 32 8 128 14336   92544 32768    pieces
StableLM-2-1.6B      stablelm  Q8_0   1644515328    24 2048 32 32 64 5632    100352 4096    bias
EXAONE-3.5-2.4B      exaone    Q4_K_M 2405327360    30 2560 32 8 80 7168     102400 32768   tied
ERNIE-4.5-0.3B       ernie4_5  Q8_0   360748032     18 1024 16 2 128 3072    103424 131072  tied pieces
LFM2-1.2B            lfm2      Q4_K_M 1170340608    16 2048 32 8 64 8192     65536 128000   tied qknorm
`;

const window = (size: number): Keys => ({ "attention.sliding_window": size });
const softCaps: Keys = { attn_logit_softcapping: 50.5, final_logit_softcapping: 30.5 };
const layerNorm: Keys = { "attention.layer_norm_epsilon": 0.00001 };
const unscaled: Keys = { "rope.scaling.type": "none", logit_scale: 0.0625 };
const scales: Keys = { "attention.scale": 0.015625, embedding_scale: 12.5, residual_scale: 0.22, logit_scale: 6.5 };
const oneGroup: Keys = { expert_group_count: 1, expert_group_used_count: 1, expert_gating_func: 2 };

/** Keys that only some architectures have, as llama.cpp's converters write them (conversion/*.py). */
const ownKeys: Record<string, Keys> = {
  "Qwen1.5-MoE-A2.7B": { expert_shared_feed_forward_length: 5632 },
  "DeepSeek-V2-Lite": { ...oneGroup, ...yarn, expert_gating_func: 1 },
  "Kimi-K2": { ...oneGroup, ...yarn },
  "Gemma-2-9B": { ...softCaps, ...window(4096) },
  "Gemma-3-1B": window(512),
  "Gemma-3-4B": { ...window(1024), "rope.scaling.type": "linear", "rope.scaling.factor": 8.5 },
  "Phi-3-mini-128k": { ...window(262_144), "rope.scaling.original_context_length": 4096 },
  "Phi-4": window(0),
  "Granite-3.1-8B": scales,
  "Granite-3.1-3B-A800M": scales,
  "Command-R": { ...layerNorm, ...unscaled },
  "Command-R7B": { ...layerNorm, ...unscaled, ...window(4096) },
  "GLM-4-9B-0414": { "rope.dimension_count": 64 },
  "GLM-4.5-Air": { ...oneGroup, "rope.dimension_count": 64, nextn_predict_layers: 1 },
  "gpt-oss-20B": { ...yarn, ...window(128) },
  "StableLM-2-1.6B": { ...layerNorm, "rope.dimension_count": 16, use_parallel_residual: false },
  "LFM2-1.2B": { "shortconv.l_cache": 3, "attention.head_count_kv": [0, 0, 8, 0, 0, 8, 0, 0, 8, 0, 8, 0, 8, 0, 8, 0] },
};

function fromLine(line: string): PublishedModel {
  const [name = "", architecture = "", quantization, ...rest] = line.trim().split(/\s+/);
  const numbers = rest.filter((word) => /^\d+$/.test(word)).map(Number);
  const words = rest.filter((word) => !/^\d+$/.test(word));
  const [parameters = 0, layers = 0, width = 0, heads = 0, keyValueHeads = 0, keyLength = 0, feedForward = 0] = numbers;
  const [vocabulary = 0, context = 0] = numbers.slice(7);
  const after = (word: string): number[] | undefined =>
    words
      .find((each) => each.startsWith(`${word}=`))
      ?.slice(word.length + 1)
      .split("/")
      .map(Number);
  const [count = 0, active = 0, inner = 0, shared, denseLayers] = after("experts") ?? [];
  const latent = after("latent");
  return {
    name,
    architecture,
    tokenizer: words.includes("pieces") ? "llama" : "gpt2",
    quantization: quantization as Quantization,
    parameters,
    dimensions: {
      layers,
      width,
      heads,
      keyValueHeads,
      keyLength,
      feedForward,
      vocabulary,
      context,
      parts: new Set(words),
      ...(count > 0 && { experts: { count, active, feedForward: inner, shared, denseLayers } }),
      ...(latent !== undefined && {
        latent: { queryRank: latent[0] ?? 0, keyValueRank: 512, rope: 64, valueLength: 128 },
      }),
    },
    keys: ownKeys[name] ?? {},
  };
}

export const publishedModels: readonly PublishedModel[] = [...r1Family, ...table.trim().split("\n").map(fromLine)];
