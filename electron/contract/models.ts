import { z } from "zod";
import { call } from "./call.ts";
import { thinkingSchema } from "./chats.ts";
import type { Problem } from "./errors.ts";
import { problemSchema } from "./problemSchema.ts";

const whole = z.number().int().nonnegative();

/** How prompts are built: `r1` by DeepSeek's own format and advice, `other` by the file's own template. */
const modelFamilySchema = z.enum(["r1", "other"]);
export type ModelFamily = z.output<typeof modelFamilySchema>;

/** How a model's makers advise to draw its tokens; what they leave open is undefined. */
const samplingAdviceSchema = z.object({
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  minP: z.number().optional(),
});
export type SamplingAdvice = z.output<typeof samplingAdviceSchema>;

/** The matrices of one tensor type and one use. Embeddings are looked up, so they are in none. */
const matrixGroupSchema = z.object({
  /** As ggml names it, such as "Q4_K"; null: not known, only their size is. */
  typeName: z.string().nullable(),
  /** `layers`: every token passes through them. `experts`: through a few of them. `output`: once, at the end. */
  use: z.enum(["layers", "experts", "output"]),
  weights: whole,
  sizeBytes: whole,
});
export type MatrixGroup = z.output<typeof matrixGroupSchema>;

/** The shape of a decoder, as its GGUF header states it. */
const modelShapeSchema = z.object({
  layers: whole,
  width: whole,
  heads: whole,
  /** Key-value heads per layer, on average. */
  keyValueHeads: z.number().nonnegative(),
  /** Elements per head. */
  keyLength: whole,
  valueLength: whole,
  /** Of the widest layer: dense, or all experts that see a token together. */
  feedForward: whole,
  vocabulary: whole,
  experts: whole,
  activeExperts: whole,
  /** Multi-head latent attention keeps rank + rope elements per token and layer instead of heads. */
  latentKeyValueElements: whole.nullable(),
  weightsBytes: whole,
  /** Weights that the CPU backend copies into one repacked buffer (llama.cpp's CPU_REPACK). */
  repackableBytes: whole,
  largestTensorBytes: whole,
});
export type ModelShape = z.output<typeof modelShapeSchema>;

/** What a GGUF header says, after our own check of it. Sizes in bytes. */
export const ggufFactsSchema = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  /** Number of weights. */
  parameters: whole,
  /** As people write it, such as "Q4_K_M". */
  quantization: z.string(),
  contextLength: whole.nullable(),
  layers: whole.nullable(),
  sizeBytes: whole,
  chatTemplate: z.string().nullable(),
  licence: z.string().nullable(),
  family: modelFamilySchema,
  /** What is needed to compute memory use; null when the header lacks it. */
  shape: modelShapeSchema.nullable(),
  /** What a token is multiplied with, by type. */
  matrices: z.array(matrixGroupSchema),
  /** Left out: the file advises nothing. */
  sampling: samplingAdviceSchema.optional(),
  problems: z.array(problemSchema),
});
export type GgufFacts = z.output<typeof ggufFactsSchema>;

/** Other apps whose models can be used where they lie. */
export const foreignOwners = ["lm-studio", "jan", "gpt4all", "hugging-face", "ollama"] as const;
export type ForeignOwner = (typeof foreignOwners)[number];

/** Whose file a model is. `app`: comes with it. `downloads`: in its models folder. `linked`: opened where it lies. */
export type ModelOwner = "app" | "downloads" | "linked" | ForeignOwner;

/** Where a model is. A model on a server will be another kind. */
export type ModelSource = { kind: "file"; path: string };

/** A model in the library, as it is now. Whatever is kept for it is kept under its id. */
export interface Model {
  id: string;
  name: string;
  source: ModelSource;
  sizeBytes: number;
  quantization: string;
  architecture: string;
  family: ModelFamily;
  parameters: number;
  contextLength: number | null;
  licence: string | null;
  builtIn: boolean;
  owner: ModelOwner;
  /** Milliseconds since 1970; null: not used here yet. */
  lastUsedAt: number | null;
  /** Median of the last replies' generation speeds; null: not measured yet. */
  measuredTokensPerSecond: number | null;
  /** Its hash was compared with the hub's; null: it was not downloaded here. */
  verified: boolean | null;
  problems: Problem[];
}

/** What a reply changes of a model. */
export type ModelUsed = { modelId: string } & Pick<Model, "lastUsedAt" | "measuredTokensPerSecond">;

/** A model file that another app holds. */
export interface ForeignModel {
  owner: ForeignOwner;
  path: string;
  name: string;
  sizeBytes: number;
}

/** Types that keys and values of the context may be kept in; the quantized ones lose a little of what was read. */
export const kvCacheTypes = ["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0"] as const;
export type KvCacheType = (typeof kvCacheTypes)[number];

/**
 * How a model is run, as far as it changes speed and memory. Null: as a person chose for the model; in that choice
 * itself: as the app and llama.cpp decide.
 */
export const loadSettingsSchema = z.object({
  threads: z.number().int().min(1).max(1024).nullable().default(null),
  /** Tokens evaluated at once while reading. As a choice it is the most: less is taken where memory is short. */
  batchSize: z.number().int().min(16).max(16_384).nullable().default(null),
  /** Layers on a GPU, the output counting as one; null: as many as fit. 0: everything on the CPU. */
  gpuLayers: z.number().int().min(0).max(1000).nullable().default(null),
  flashAttention: z.boolean().nullable().default(null),
  /** Of keys and values alike. The quantized ones need flash attention. */
  kvCacheType: z.enum(kvCacheTypes).nullable().default(null),
  /** Whether the file is mapped into memory rather than read into it. */
  memoryMapped: z.boolean().nullable().default(null),
});
export type LoadSettings = z.output<typeof loadSettingsSchema>;

/** Choices for one model; what is left open follows the settings and the model's own advice. */
export const modelChoicesSchema = z.object({
  contextSize: z.number().int().min(256).max(1_048_576).nullable().default(null),
  temperature: z.number().min(0).max(2).nullable().default(null),
  topP: z.number().min(0).max(1).nullable().default(null),
  topK: z.number().int().min(0).max(1000).nullable().default(null),
  minP: z.number().min(0).max(1).nullable().default(null),
  thinking: thinkingSchema.nullable().default(null),
  ...loadSettingsSchema.shape,
});
export type ModelChoices = z.infer<typeof modelChoicesSchema>;

/** The disk that the models folder lies on. */
export interface ModelsDisk {
  folder: string;
  freeBytes: number;
  totalBytes: number;
  /** Of all files in the models folder, unfinished downloads included. */
  modelsBytes: number;
}

/** Memory a model needs at a context size, by part. */
export interface MemoryNeed {
  contextSize: number;
  weightsBytes: number;
  keyValueBytes: number;
  computeBytes: number;
  totalBytes: number;
  largestBufferBytes: number;
}

/** What the engine reports of a loaded model: what took effect, whatever was asked for. */
export interface LoadedFacts {
  contextSize: number;
  /** Also llama.cpp's micro-batch: the library splits larger prompts itself. */
  batchSize: number;
  threads: number;
  gpuLayers: number;
  /** With the output, which llama.cpp counts as one more layer. */
  layers: number;
  /** Null: llama.cpp chose and did not say. */
  flashAttention: boolean | null;
  kvCacheType: KvCacheType;
  memoryMapped: boolean;
  /** As llama.cpp describes it, such as "qwen2 1.5B Q4_K - Medium". */
  description: string;
  /** Of the weights alone. */
  weightsBytes: number;
  loadMs: number;
}

/**
 * The one loaded model:
 *
 *   none ─▶ loading ─▶ ready ─▶ none
 *             └─(cancel)─▶ none
 *             └─▶ failed ─▶ loading
 */
export type LoadState =
  | { state: "none" }
  | { state: "loading"; modelId: string; name: string; fraction: number }
  | { state: "ready"; modelId: string; name: string; facts: LoadedFacts; need: MemoryNeed }
  | { state: "failed"; modelId: string; name: string; problem: Problem };

const id = z.string().min(1).max(200);
const filePath = z.string().min(1).max(4096);

export const modelsCalls = {
  "models.list": call<Model[]>()(z.object({})),
  "models.loaded": call<LoadState>()(z.object({})),
  /** Answers once the model is ready, was cancelled or failed. */
  "models.load": call<LoadState>()(z.object({ modelId: id })),
  /**
   * A person chose this model: it answers new chats from now on, after a restart too. Loads it, as `models.load` does.
   * Fails with `model-not-found` or the file's problem; then what was chosen before stays.
   */
  "models.use": call<LoadState>()(z.object({ modelId: id })),
  "models.cancelLoad": call<null>()(z.object({})),
  "models.unload": call<null>()(z.object({})),
  /** Takes a linked or adopted file off the list; the file stays. */
  "models.forget": call<null>()(z.object({ modelId: id })),
  /** Moves the app's own file, all parts of it, to the system's trash. Answers the bytes. */
  "models.delete": call<{ sizeBytes: number }>()(z.object({ modelId: id })),
  /** Models that other apps on this machine hold and that are not on the list yet. */
  "models.foreign": call<ForeignModel[]>()(z.object({})),
  /** Puts other apps' models on the list, where they lie. */
  "models.adopt": call<Model[]>()(z.object({ paths: z.array(filePath).min(1).max(1000) })),
  "models.choices": call<ModelChoices>()(z.object({ modelId: id })),
  "models.setChoices": call<ModelChoices>()(z.object({ modelId: id, choices: modelChoicesSchema })),
  "models.disk": call<ModelsDisk>()(z.object({})),
};
