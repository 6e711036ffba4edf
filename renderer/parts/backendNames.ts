export const backendNames = { metal: "Metal", cuda: "CUDA", vulkan: "Vulkan", cpu: "CPU" } as const;
