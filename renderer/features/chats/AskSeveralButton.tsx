import { Vote } from "lucide-react";
import { useState } from "react";
import { isFile } from "../../../electron/contract/modelKinds.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { useAction } from "../../app/useAction.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { fitKey } from "../../stores/fit.ts";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useConversation, useFit } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { secondsOfReply } from "./secondsOfReply.ts";
import { VoteSheet } from "./VoteSheet.tsx";

const offered = [3, 5, 8, 16, 32];
/** What an answer and its thought are assumed to have where no reply shows how long they are. */
const assumedTokens = 1000;

export interface AskSeveralButtonProps {
  disabled: boolean;
  /** Why the message cannot be sent, which may come up while the dialog is open. */
  hindrance: string | null;
  onAsk: (answers: number) => void;
}

/** Sends the message and has it answered several times. */
export function AskSeveralButton({ disabled, hindrance, onAsk }: AskSeveralButtonProps) {
  const { say } = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const model = useChosenModel();
  const follow = useFit((state) => state.follow);
  const open = (): void => {
    // Of a model without replies, only the predicted speed is known.
    if (model !== undefined && isFile(model)) void follow([{ kind: "model", modelId: model.id }]);
    setIsOpen(true);
  };
  useAction("sendSeveral", open, !disabled);
  const takes = useTakes(model);
  return (
    <>
      <IconButton className="ask-several" label={say("chats:votes.menu")} disabled={disabled} onClick={open}>
        <Vote size={16} aria-hidden />
      </IconButton>
      {isOpen && (
        <VoteSheet
          about={say("chats:votes.aboutNew")}
          label={say("chats:votes.answers")}
          offered={offered}
          usual={5}
          takes={takes}
          hindrance={hindrance}
          onAsk={(answers) => {
            setIsOpen(false);
            onAsk(answers);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

/** Returns how long so many answers take: as the last reply did here, or at the speed of the model. */
function useTakes(model: Model | undefined): (answers: number) => string {
  const { say, figures } = useTexts();
  const predicted = useFit(
    ({ fits }) => model && fits[fitKey({ kind: "model", modelId: model.id })]?.speed?.generation.value,
  );
  const last = useConversation(({ conversation }) =>
    conversation?.state === "ready"
      ? conversation.value.messages.findLast(
          ({ role, stats }) => role === "assistant" && secondsOfReply(stats) !== null,
        )
      : undefined,
  );
  const each = secondsOfReply(last?.stats ?? null);
  const speed = model?.measuredTokensPerSecond ?? predicted;
  return (answers) => {
    const times = (seconds: number) => ({ each: figures.roughly(seconds), all: figures.roughly(seconds * answers) });
    if (each !== null && last?.model?.id === model?.id) return say("chats:votes.takesAsLast", times(each));
    if (speed === undefined || speed <= 0) return say("chats:votes.takesUnknown");
    return say("chats:votes.takesTokens", { tokens: figures.tokens(assumedTokens), ...times(assumedTokens / speed) });
  };
}
