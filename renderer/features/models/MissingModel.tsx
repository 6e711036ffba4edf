import { isOfStartedServer } from "../../../electron/contract/llamaServerLimits.ts";
import { useChatChoice } from "../../stores/useChatChoice.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useCatalog, useConversation, useModels, useSettings } from "../../stores/useStores.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useSay } from "../../texts.ts";

/** Says that another model answers here than the one that was chosen, because that one cannot be reached now. */
export function MissingModel() {
  const say = useSay("models");
  const inChat = useChatChoice(
    (chat) => chat.modelId,
    (begin) => begin.modelId,
  );
  const byDefault = useSettings(({ settings }) => settings?.defaultModelId ?? null);
  const wanted = inChat ?? byDefault;
  const isMissing = useModels(
    ({ list }) => list.state === "ready" && wanted !== null && !list.value.some(({ id }) => id === wanted),
  );
  const answering = useChosenModel();
  const last = useConversation(({ conversation }) =>
    conversation?.state === "ready"
      ? (conversation.value.messages.findLast(({ model }) => model !== null && model.id === wanted)?.model ?? null)
      : null,
  );
  const offeredAs = useCatalog(({ catalog }) =>
    catalog.state === "ready"
      ? catalog.value.models.find(({ variants }) => variants.some(({ modelId }) => modelId === wanted))?.name
      : undefined,
  );
  if (!isMissing || wanted === null || answering === undefined) return null;
  const facts = { wanted: slot("wanted"), model: slot("model") };
  return (
    <output className="banner">
      <Sentence
        text={say(
          isOfStartedServer(wanted)
            ? inChat === null
              ? "missing.newChatsOnStarted"
              : "missing.chatOnStarted"
            : inChat === null
              ? "missing.newChats"
              : last?.server
                ? "missing.chatOnServer"
                : "missing.chat",
          facts,
        )}
        slots={{
          wanted: <bdi key="wanted">{last?.name ?? offeredAs ?? wanted}</bdi>,
          model: <bdi key="model">{answering.name}</bdi>,
        }}
      />
    </output>
  );
}
