import { chooseModel } from "../../electron/contract/modelChoice.ts";
import type { Model } from "../../electron/contract/models.ts";
import { useChatChoice } from "./useChatChoice.ts";
import { useModels, useSettings } from "./useStores.ts";

/** The model that would answer the next message here; undefined while the list is not known or holds none. */
export function useChosenModel(): Model | undefined {
  const chosen = useChatChoice(
    (chat) => chat.modelId,
    (begin) => begin.modelId,
  );
  return useRule(chosen);
}

/** The model that answers new chats: the one chosen last, if it is there. */
export const useModelForNewChats = (): Model | undefined => useRule(null);

function useRule(chosen: string | null): Model | undefined {
  const byDefault = useSettings(({ settings }) => settings?.defaultModelId ?? null);
  const list = useModels(({ list }) => list);
  return list.state === "ready" ? chooseModel(list.value, { chosen, byDefault }) : undefined;
}
