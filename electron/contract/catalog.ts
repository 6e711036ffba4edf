import { z } from "zod";
import { call } from "./call.ts";
import type { HubFile } from "./downloads.ts";
import type { Fit, SpeedPrediction } from "./fit.ts";
import type { MemoryNeed, ModelShape } from "./models.ts";

/** A catalogue model's size in plain words, shown next to the quantization. */
export type CatalogSize = "small" | "balanced" | "finer" | "large";

export interface CatalogVariant extends Pick<Fit, "mapped" | "smallerCache" | "onServer"> {
  /** `<catalog model id>-<quantization in lower case>`. */
  id: string;
  size: CatalogSize;
  quantization: string;
  file: HubFile;
  parts: number;
  /** Computed from the shape, or the hub's own number once the hub was asked. */
  sizeBytes: number;
  sizeFrom: "shape" | "hub";
  /** Memory needed at the context size that this machine would use, or at the smallest one if none fits. */
  need: MemoryNeed;
  /**
   * Compared with this machine's memory with no other model loaded. `tight` means only with a context below 8,192
   * tokens.
   */
  verdict: "fits" | "tight" | "no";
  /** The part that prevents a context of 8,192 tokens, or any context. Null if it fits. */
  limitedBy: Fit["limitedBy"];
  /** Null if this machine's speed has not been measured yet. */
  speed: SpeedPrediction | null;
  /** The id that this file gets in the library, unless another file of its name is there. */
  modelId: string;
  /** The id of the model in the library that is this file. Null if it is not on this machine. */
  installedModelId: string | null;
}

/** What a model is good for. */
export const catalogUses = [
  "quickAnswers",
  "laptop",
  "prose",
  "deepestSmall",
  "harder",
  "nearFull",
  "workstation",
  "fullJanuary",
  "fullMay",
] as const;
export type CatalogUse = (typeof catalogUses)[number];

/** Why a variant is recommended. A reason never contradicts another row of the table. */
export type RecommendationReason =
  | { code: "onlyOne" | "largest" | "smallest" | "fastest" | "likelyQuick" | "shortContext"; facts?: undefined }
  /** In tokens per second. */
  | { code: "largestQuick"; facts: { least: number } }
  /** In cores. */
  | { code: "likelyQuickOn"; facts: { count: number } };

export interface CatalogModel {
  id: string;
  /** Such as "R1-Distill-Qwen-7B". */
  name: string;
  goodFor: CatalogUse;
  /** Number of weights, and of those used for each token. */
  parameters: number;
  activeParameters: number;
  contextLength: number;
  licence: string;
  /**
   * The version of Llama that it was distilled into, whose terms a download accepts. Null if it is not based on Llama.
   */
  llamaVersion: string | null;
  shape: Omit<ModelShape, "weightsBytes" | "repackableBytes" | "largestTensorBytes">;
  variants: CatalogVariant[];
  /** Other repositories that hold the same model. */
  otherRepos: string[];
}

export interface Catalog {
  models: CatalogModel[];
  /** Null if no variant fits. */
  recommended: { variantId: string; reason: RecommendationReason } | null;
  /**
   * The machine's memory, and how much of it a model may use when nothing else runs. The verdicts are based on this.
   */
  memoryBytes: number;
  usableBytes: number;
}

export const catalogCalls = {
  /** Reads the app's own file and makes no network request. */
  "catalog.get": call<Catalog>()(z.object({})),
};
