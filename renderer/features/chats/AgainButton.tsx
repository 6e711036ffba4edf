import type { Message } from "../../../electron/contract/chats.ts";
import { canContinue } from "../../../electron/contract/modelKinds.ts";
import { useConversation, useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useChangeGate } from "./changeGate.ts";

export interface AgainButtonProps {
  message: Message;
  /** Only the last reply of a branch can be continued. */
  isLast: boolean;
}

/** Continues a reply that ended early, or writes it anew if it cannot be continued. */
export function AgainButton({ message, isLast }: AgainButtonProps) {
  const say = useSay("chats");
  const regenerate = useConversation((state) => state.regenerate);
  const continueReply = useConversation((state) => state.continueReply);
  const { id, state, stats, text, thought, model } = message;
  const hasText = text !== "" || thought !== null;
  const endedEarly = state !== "done" || stats?.stopReason === "maxTokens" || model?.edited === true;
  // Of a server that is gone it is not known; main says then what can be done.
  const continues = useModels(({ list }) => {
    const known = list.state === "ready" ? list.value.find(({ id: each }) => each === model?.id) : undefined;
    return known === undefined || canContinue(known, { answer: text });
  });
  const goesOn = isLast && hasText && endedEarly && continues;
  return (
    <button
      type="button"
      className="text-button"
      ref={useChangeGate()}
      onClick={() => void (goesOn ? continueReply : regenerate)(id)}
    >
      {say(goesOn ? "outcome.continue" : "shell:tryAgain")}
    </button>
  );
}
