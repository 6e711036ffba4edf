import { chooseModel } from "../../electron/contract/modelChoice.ts";
import type { Model } from "../../electron/contract/models.ts";
import { useChatChoice } from "./useChatChoice.ts";
import { useModels, useSettings } from "./useStores.ts";

/** Returns the model that would answer the next message here; undefined if the list is unknown or empty. */
export function useChosenModel(): Model | undefined {
  const chosen = useChatChoice(
    (chat) => chat.modelId,
    (begin) => begin.modelId,
  );
  return useRule(chosen);
}

/** Returns the model for new chats: the one chosen last, if it is available. */
export const useModelForNewChats = (): Model | undefined => useRule(null);

function useRule(chosen: string | null): Model | undefined {
  const byDefault = useSettings(({ settings }) => settings?.defaultModelId ?? null);
  const list = useModels(({ list }) => list);
  return list.state === "ready" ? chooseModel(list.value, { chosen, byDefault }) : undefined;
}
