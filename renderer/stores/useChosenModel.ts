import type { Model } from "../../electron/contract/models.ts";
import { useChats, useModels, useSettings } from "./useStores.ts";

/** The model that would answer the next message here; undefined while the list is not known or holds none. */
export function useChosenModel(): Model | undefined {
  const inChat = useChats(({ conversation, begin, openId }) =>
    openId === null ? begin.modelId : conversation?.state === "ready" ? conversation.value.chat.modelId : null,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultModelId ?? null);
  const list = useModels(({ list }) => list);
  if (list.state !== "ready") return undefined;
  return chooseModel(list.value, inChat, byDefault);
}

/** The chat's own model, else the default, else the built-in one, else any that works. */
export function chooseModel(
  models: readonly Model[],
  inChat: string | null,
  byDefault: string | null,
): Model | undefined {
  const usable = models.filter(({ problems }) => problems.length === 0);
  return (
    models.find(({ id }) => id === inChat) ??
    usable.find(({ id }) => id === byDefault) ??
    usable.find(({ builtIn }) => builtIn) ??
    usable[0]
  );
}
