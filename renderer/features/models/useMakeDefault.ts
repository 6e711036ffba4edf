import { useModels, useSettings } from "../../stores/useStores.ts";

/** Answers a function that makes a model the one for new chats, and loads it. */
export function useMakeDefault(): (modelId: string) => Promise<void> {
  const change = useSettings((state) => state.change);
  const load = useModels((state) => state.load);
  return async (modelId) => {
    await change({ defaultModelId: modelId });
    await load(modelId);
  };
}
