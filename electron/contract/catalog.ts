import { z } from "zod";
import { call } from "./call.ts";
import type { HubFile } from "./downloads.ts";
import type { Fit, SpeedPrediction } from "./fit.ts";
import type { MemoryNeed, ModelShape } from "./models.ts";

/** How a catalogue model's size is called in plain words; the quantization stands beside it. */
export type CatalogSize = "small" | "balanced" | "large";

export interface CatalogVariant {
  /** `<catalog model id>-<quantization in lower case>`. */
  id: string;
  size: CatalogSize;
  quantization: string;
  file: HubFile;
  parts: number;
  /** Computed from the shape; the hub's own number once it was asked. */
  sizeBytes: number;
  sizeFrom: "shape" | "hub";
  /** At the context this machine would give it, or at the smallest one when none fits. */
  need: MemoryNeed;
  /** Against this machine's memory with nothing else loaded. `tight`: only with a context below 8,192 tokens. */
  verdict: "fits" | "tight" | "no";
  /** The part that stands in the way of 8,192 tokens of context, or of any; null: it fits. */
  limitedBy: Fit["limitedBy"];
  /** Null: this machine's speed was not measured yet. */
  speed: SpeedPrediction | null;
  /** The id of the library's model that is this file; null: not on this machine. */
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

/** Why a variant is recommended; nothing that another row of the table contradicts. */
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
  /** Number of weights, and of those used for one token. */
  parameters: number;
  activeParameters: number;
  contextLength: number;
  licence: string;
  /** The version of Llama that it was distilled into, whose terms a download accepts; null: none. */
  llamaVersion: string | null;
  shape: Omit<ModelShape, "weightsBytes" | "repackableBytes" | "largestTensorBytes">;
  variants: CatalogVariant[];
  /** Other repositories that hold the same model. */
  otherRepos: string[];
}

export interface Catalog {
  models: CatalogModel[];
  /** Null if none fits. */
  recommended: { variantId: string; reason: RecommendationReason } | null;
  /** The machine's memory, and what of it a model may take when nothing else runs: the verdicts are for this. */
  memoryBytes: number;
  usableBytes: number;
}

export const catalogCalls = {
  /** From the app's own file: asks nobody. */
  "catalog.get": call<Catalog>()(z.object({})),
};
