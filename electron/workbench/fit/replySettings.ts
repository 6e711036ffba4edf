import type { EngineInfo } from "../../contract/engine.ts";
import type { GgufFacts, KvCacheType, FileModel, ModelChoices } from "../../contract/models.ts";
import { hasLargePages, loadWishes } from "../engines/loadWishes.ts";
import { planLoad } from "../engines/planLoad.ts";

/** Settings that affect the speed of a reply. */
export interface ReplySettings {
  flashAttention: boolean;
  kvCacheType: KvCacheType;
  /** Null: the library decides. */
  memoryMapped: boolean | null;
  largePages: boolean;
}

interface Machine {
  info: EngineInfo;
  /** The context size in the settings. */
  contextSize: number | null;
  usableBytes: number;
}

/** Returns the settings that a model's replies have on this machine. Null if it cannot be loaded. */
export function replySettings(
  model: FileModel,
  facts: GgufFacts,
  chosen: ModelChoices,
  { info, contextSize, usableBytes }: Machine,
): ReplySettings | null {
  const { shape } = facts;
  if (shape === null) return null;
  try {
    const wishes = loadWishes({}, chosen, contextSize, info.computeCores);
    const { params } = planLoad(model, { ...facts, shape }, wishes, info, usableBytes);
    return {
      flashAttention: params.flashAttention ?? true,
      kvCacheType: params.kvCacheType ?? "f16",
      // With a graphics card, it depends on the layers that fit.
      memoryMapped: params.memoryMapped ?? (info.backend === "cpu" ? true : null),
      largePages: hasLargePages(info, wishes),
    };
  } catch {
    return null;
  }
}
