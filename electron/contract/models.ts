import { z } from "zod";
import { call } from "./call.ts";
import { thinkingSchema } from "./chats.ts";
import type { Problem } from "./errors.ts";
import { problemSchema } from "./problemSchema.ts";
import type { ServerAbilities } from "./servers.ts";

const whole = z.number().int().nonnegative();

/** How prompts are built: `r1` follows DeepSeek's format and recommendations, `other` uses the file's own template. */
const modelFamilySchema = z.enum(["r1", "other"]);
export type ModelFamily = z.output<typeof modelFamilySchema>;

/** The sampling settings that the model's authors recommend. Undefined where they recommend none. */
const samplingAdviceSchema = z.object({
  temperature: z.number().optional(),
  topP: z.number().optional(),
  topK: z.number().optional(),
  minP: z.number().optional(),
});
export type SamplingAdvice = z.output<typeof samplingAdviceSchema>;

/** The matrices of one tensor type and one use. Embeddings are only looked up, so no group includes them. */
const matrixGroupSchema = z.object({
  /** As ggml names it, such as "Q4_K". Null if the type is unknown and only the size is known. */
  typeName: z.string().nullable(),
  /** `layers`: used for every token. `experts`: each token uses a few of them. `output`: used once, at the end. */
  use: z.enum(["layers", "experts", "output"]),
  weights: whole,
  sizeBytes: whole,
});
export type MatrixGroup = z.output<typeof matrixGroupSchema>;

/** The shape of a decoder as stated in its GGUF header. */
const modelShapeSchema = z.object({
  layers: whole,
  width: whole,
  heads: whole,
  /** Key-value heads per layer, on average. */
  keyValueHeads: z.number().nonnegative(),
  /** Elements per head. */
  keyLength: whole,
  valueLength: whole,
  /** Width of the widest layer: dense, or all experts that process one token together. */
  feedForward: whole,
  vocabulary: whole,
  experts: whole,
  activeExperts: whole,
  /** Number of layers with experts; those without come first. Left out if there are no experts, or it is not known. */
  expertLayers: whole.exactOptional(),
  /** Multi-head latent attention stores rank + rope elements per token and layer instead of heads. */
  latentKeyValueElements: whole.nullable(),
  weightsBytes: whole,
  /** Weights that the CPU backend copies into one repacked buffer (llama.cpp's CPU_REPACK). */
  repackableBytes: whole,
  largestTensorBytes: whole,
});
export type ModelShape = z.output<typeof modelShapeSchema>;

/** The contents of a GGUF header after our own validation. Sizes in bytes. */
export const ggufFactsSchema = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  /** Number of weights. */
  parameters: whole,
  /** In the usual notation, such as "Q4_K_M". */
  quantization: z.string(),
  contextLength: whole.nullable(),
  layers: whole.nullable(),
  sizeBytes: whole,
  chatTemplate: z.string().nullable(),
  licence: z.string().nullable(),
  family: modelFamilySchema,
  /** Used to compute memory use. Null if the header lacks it. */
  shape: modelShapeSchema.nullable(),
  /** The matrices that each token is multiplied with, by type. */
  matrices: z.array(matrixGroupSchema),
  /** Left out if the file recommends nothing. */
  sampling: samplingAdviceSchema.optional(),
  problems: z.array(problemSchema),
});
export type GgufFacts = z.output<typeof ggufFactsSchema>;

/** Other apps whose models can be used in place. */
export const foreignOwners = ["lm-studio", "jan", "gpt4all", "hugging-face", "ollama"] as const;
export type ForeignOwner = (typeof foreignOwners)[number];

/**
 * Whose a model is. `app`: included in the app. `downloads`: in its models folder. `linked`: used in place. `server`: of a
 * server that the user added.
 */
export type ModelOwner = "app" | "downloads" | "linked" | "server" | ForeignOwner;

export interface FileSource {
  kind: "file";
  path: string;
}

/** A model that a server runs. What is sent to it leaves this machine, unless the server is on it. */
export interface ServerSource {
  kind: "server";
  serverId: string;
  serverName: string;
  /** With its port, unless it is the scheme's usual one. */
  host: string;
  isThisMachine: boolean;
  /** As the server names it. */
  modelName: string;
  abilities: ServerAbilities;
}

/** Where a model is. */
export type ModelSource = FileSource | ServerSource;

/**
 * A model in the library in its current state. All data stored for it uses its id. Of one on a server, size, parameters,
 * quantization and architecture are not known: 0 or "unknown".
 */
export interface Model<Source extends ModelSource = ModelSource> {
  id: string;
  name: string;
  source: Source;
  sizeBytes: number;
  quantization: string;
  architecture: string;
  family: ModelFamily;
  parameters: number;
  contextLength: number | null;
  licence: string | null;
  builtIn: boolean;
  owner: ModelOwner;
  /** Milliseconds since 1970. Null if it has not been used here yet. */
  lastUsedAt: number | null;
  /** Median generation speed of the last replies. Null if not measured yet. */
  measuredTokensPerSecond: number | null;
  /** True if its hash was compared with the hub's. Null if it was not downloaded here. */
  verified: boolean | null;
  problems: Problem[];
}

export type FileModel = Model<FileSource>;
export type RemoteModel = Model<ServerSource>;

/** The fields of a model that a reply changes. */
export type ModelUsed = { modelId: string } & Pick<Model, "lastUsedAt" | "measuredTokensPerSecond">;

/** A model file that belongs to another app. */
export interface ForeignModel {
  owner: ForeignOwner;
  path: string;
  name: string;
  sizeBytes: number;
}

/** Data types for the keys and values of the context. The quantized ones lose some precision. */
export const kvCacheTypes = ["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0"] as const;
export type KvCacheType = (typeof kvCacheTypes)[number];

/**
 * Settings for running a model that affect speed and memory. Null stands for the user's choice for the model, and in
 * that choice itself for the default of the app and llama.cpp.
 */
export const loadSettingsSchema = z.object({
  threads: z.number().int().min(1).max(1024).nullable().default(null),
  /** Number of tokens evaluated at once while reading. As a choice it is a maximum: less is used if memory is short. */
  batchSize: z.number().int().min(16).max(16_384).nullable().default(null),
  /** Number of layers on a GPU; the output counts as one. Null: as many as fit. 0: everything on the CPU. */
  gpuLayers: z.number().int().min(0).max(1000).nullable().default(null),
  flashAttention: z.boolean().nullable().default(null),
  /** For both keys and values. The quantized types need flash attention. */
  kvCacheType: z.enum(kvCacheTypes).nullable().default(null),
  /** Whether the file is mapped into memory rather than read into it. */
  memoryMapped: z.boolean().nullable().default(null),
  /** Whether the CPU's engine asks for large memory pages, where the system leaves the choice. Null: it does not. */
  largePages: z.boolean().nullable().default(null),
});
export type LoadSettings = z.output<typeof loadSettingsSchema>;

/** Choices for one model. Open choices follow the settings and the model's own recommendations. */
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

/** The disk that has the models folder. */
export interface ModelsDisk {
  folder: string;
  freeBytes: number;
  totalBytes: number;
}

/** Memory that a model needs at a context size, by part. */
export interface MemoryNeed {
  contextSize: number;
  weightsBytes: number;
  keyValueBytes: number;
  computeBytes: number;
  /** Without `copyBytes`. */
  totalBytes: number;
  /**
   * While the file is mapped, these weights are in memory a second time, beside the copy that the CPU repacked, until
   * the system reclaims their pages. A file that is read needs no second copy.
   */
  copyBytes: number;
  largestBufferBytes: number;
}

/** What the engine reports about a loaded model: the settings in effect, whatever was requested. */
export interface LoadedFacts {
  contextSize: number;
  /** Also llama.cpp's micro-batch size: the library itself splits larger prompts. */
  batchSize: number;
  threads: number;
  gpuLayers: number;
  /** Includes the output, which llama.cpp counts as one more layer. */
  layers: number;
  /** Null if llama.cpp chose it and did not report its choice. */
  flashAttention: boolean | null;
  kvCacheType: KvCacheType;
  memoryMapped: boolean;
  largePages: boolean;
  /** As llama.cpp describes it, such as "qwen2 1.5B Q4_K - Medium". */
  description: string;
  /** Size of the weights alone. */
  weightsBytes: number;
  loadMs: number;
}

/** How far a load is. */
export interface LoadProgress {
  fraction: number;
  /** True while the graphics driver compiles what the model needs, after the weights were loaded. */
  isPreparing?: boolean;
}

/**
 * The lifecycle of the loaded model; there is one at a time:
 *
 *   none ─▶ loading ─▶ ready ─▶ none
 *             └─(cancel)─▶ none
 *             └─▶ failed ─▶ loading
 */
export type LoadState =
  | { state: "none" }
  | ({ state: "loading"; modelId: string; name: string } & LoadProgress)
  | { state: "ready"; modelId: string; name: string; facts: LoadedFacts; need: MemoryNeed }
  | { state: "failed"; modelId: string; name: string; problem: Problem };

/** What is known about an opened file. A file that is in the list already is `read`, whatever its problems are. */
export type OpenedLook =
  | { state: "reading" }
  | { state: "read"; model: FileModel; isListed: boolean }
  | { state: "refused"; problem: Problem };

/**
 * A file that was opened with the app: in a file manager, on the command line, or by dropping it on the window. Nothing
 * is done with it before the user chooses to import it.
 */
export interface OpenedFile {
  id: string;
  /** For reading only. No call takes a path. */
  path: string;
  look: OpenedLook;
}

export interface OpenedFiles {
  files: OpenedFile[];
  /** Whether more were opened than can be shown. */
  isCut: boolean;
}

const id = z.string().min(1).max(200);
const filePath = z.string().min(1).max(4096);

export const modelsCalls = {
  "models.list": call<Model[]>()(z.object({})),
  "models.loaded": call<LoadState>()(z.object({})),
  /** Resolves once the model is ready, or loading was cancelled or failed. */
  "models.load": call<LoadState>()(z.object({ modelId: id })),
  /**
   * Makes this model the default for new chats, also after a restart, and loads it as `models.load` does. Rejects with
   * `model-not-found` or the file's problem; the earlier choice then stays.
   */
  "models.use": call<LoadState>()(z.object({ modelId: id })),
  "models.cancelLoad": call<null>()(z.object({})),
  "models.unload": call<null>()(z.object({})),
  /** Removes a linked or adopted file from the list. The file itself stays. */
  "models.forget": call<null>()(z.object({ modelId: id })),
  /** Moves the app's own file, with all its parts, to the system's trash. Returns the number of bytes. */
  "models.delete": call<{ sizeBytes: number }>()(z.object({ modelId: id })),
  /** Returns models of other apps on this machine that are not in the list yet. */
  "models.foreign": call<ForeignModel[]>()(z.object({})),
  /** Adds other apps' models to the list without moving their files. */
  "models.adopt": call<FileModel[]>()(z.object({ paths: z.array(filePath).min(1).max(1000) })),
  /** The files that were opened with the app and that nothing was chosen for yet. */
  "models.opened": call<OpenedFiles>()(z.object({})),
  /** Adds an opened file to the list without moving it. Rejects with its problem, or with `model-not-found`. */
  "models.addOpened": call<FileModel>()(z.object({ openedId: id })),
  /** Reads an opened file again that was refused. `models.openedChanged` tells what came of it. */
  "models.readOpened": call<null>()(z.object({ openedId: id })),
  /** Forgets these opened files. Nothing happens to them. */
  "models.closeOpened": call<null>()(z.object({ openedIds: z.array(id).max(100) })),
  "models.choices": call<ModelChoices>()(z.object({ modelId: id })),
  "models.setChoices": call<ModelChoices>()(z.object({ modelId: id, choices: modelChoicesSchema })),
  "models.disk": call<ModelsDisk>()(z.object({})),
};
