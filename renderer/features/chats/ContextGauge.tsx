import type { Message } from "../../../electron/contract/chats.ts";
import { Meter } from "../../parts/Meter.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useConversation, useModels, useRuns } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";

/** How full the context is. Renders nothing until both figures are known. */
export function ContextGauge() {
  const say = useSay("chats");
  const figures = useFigures();
  const model = useChosenModel();
  const loaded = useModels((state) => state.loaded);
  const contextSize = loaded.state === "ready" && loaded.modelId === model?.id ? loaded.facts.contextSize : null;
  const chatId = useConversation((state) => state.openId);
  // Unknown until the end of the chat has been read.
  const kept = useConversation(({ conversation }) =>
    conversation?.state === "ready" && conversation.value.later === null
      ? usedByNext(conversation.value.messages)
      : null,
  );
  const running = useRuns(({ byChat }) => {
    const live = chatId === null ? undefined : byChat[chatId]?.live;
    // In steps, so that the gauge does not render again for every token.
    return live ? Math.round((live.promptTokens + live.thoughtTokens + live.answerTokens) / 16) * 16 : null;
  });
  const used = running ?? kept;
  if (contextSize === null || used === null) return <span className="gauge" />;
  const fraction = Math.min(1, used / contextSize);
  const words = say(running === null ? "context.next" : "context.running", { used, size: contextSize });
  return (
    <span className="gauge" title={words}>
      <Meter parts={[fraction]} tone={fraction > 0.85 ? "tight" : "plain"} />
      <span className="figure">
        {say("context.used", { used: figures.countShort(used), size: figures.countShort(contextSize) })}
      </span>
    </span>
  );
}

/** Returns how many tokens the next prompt starts with: the last prompt and its answer, without the thought. */
function usedByNext(messages: readonly Message[]): number | null {
  const stats = messages.findLast((message) => message.stats !== null)?.stats;
  return stats ? stats.promptTokens + stats.answerTokens : null;
}
