import type { Backend } from "../contract/engine.ts";

/** The makers' own spellings, the same in every language. */
export const backendNames: Record<Backend, string> = { metal: "Metal", cuda: "CUDA", vulkan: "Vulkan", cpu: "CPU" };
