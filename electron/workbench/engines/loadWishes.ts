import { type EngineInfo, mayHaveLargePages } from "../../contract/engine.ts";
import { type LoadSettings, loadSettingsSchema, type ModelChoices } from "../../contract/models.ts";
import { usualBatch } from "../models/chooseContext.ts";
import type { LoadOptions } from "./Session.ts";

/** The requested settings of a load. Null stands for the default of the app and llama.cpp. */
export interface LoadWishes extends LoadSettings {
  contextSize: number | null;
  largestBatch: number | null;
  /** The number of cores at the time of the load. If it changes, the model is loaded again. */
  cores: number;
}

/** Returns a load's own options, then the choices for the model, then the context size in the settings. */
export function loadWishes(
  { contextSize = null, settings = {}, fullBatch = false }: LoadOptions,
  chosen: ModelChoices,
  usualContext: number | null,
  cores: number,
): LoadWishes {
  const given = loadSettingsSchema.parse(settings);
  return {
    contextSize: contextSize ?? chosen.contextSize ?? usualContext,
    threads: given.threads ?? chosen.threads,
    cores,
    batchSize: given.batchSize ?? (fullBatch ? (chosen.batchSize ?? usualBatch) : null),
    largestBatch: chosen.batchSize,
    gpuLayers: given.gpuLayers ?? chosen.gpuLayers,
    flashAttention: given.flashAttention ?? chosen.flashAttention,
    kvCacheType: given.kvCacheType ?? chosen.kvCacheType,
    memoryMapped: given.memoryMapped ?? chosen.memoryMapped,
    largePages: given.largePages ?? chosen.largePages,
  };
}

/** Returns whether a model's engine asks for large memory pages. */
export const hasLargePages = (
  info: Pick<EngineInfo, "backend" | "largePages">,
  wishes: Pick<LoadWishes, "largePages">,
): boolean => mayHaveLargePages(info) && wishes.largePages === true;
