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

/**
 * As the workbench chooses: the chat's own model, else the default, else the built-in one, else any that works. A
 * default that crashed the engine stays the default: a message would tell so, and the picker must not name another.
 */
export function chooseModel(
  models: readonly Model[],
  inChat: string | null,
  byDefault: string | null,
): Model | undefined {
  const usable = models.filter(isUsable);
  return (
    models.find(({ id }) => id === inChat) ??
    models.find((model) => model.id === byDefault && (isUsable(model) || isMarked(model))) ??
    usable.find(({ builtIn }) => builtIn) ??
    usable[0]
  );
}

const isUsable = ({ problems }: Model): boolean => problems.length === 0;
const isMarked = ({ problems }: Model): boolean => problems[0]?.code === "model-crashed-engine";
