import type { Backend } from "../contract/engine.ts";

/** As their makers call them, in every language. */
export const backendNames: Record<Backend, string> = { metal: "Metal", cuda: "CUDA", vulkan: "Vulkan", cpu: "CPU" };
