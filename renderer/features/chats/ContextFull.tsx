import { type ReactNode, useEffect, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { memoryStart } from "../../../electron/contract/memoryStart.ts";
import type { ConversationState } from "../../stores/conversation.ts";
import { useComposer, useContextRoom, useConversation, useModels } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { useChangeGate } from "./changeGate.ts";
import { ReplyNote } from "./ReplyNote.tsx";
import { SummarizeHereButton } from "./SummarizeHereButton.tsx";
import { summarySeconds } from "./summarySeconds.ts";
import { usedByNext } from "./usedByNext.ts";

/** With less than this share of the context in earlier messages, leaving them out would not help. */
const worthDropping = 0.25;

export interface ContextFullProps {
  message: Message;
  isLast: boolean;
}

/** A reply that had no room in the context, and the ways to go on that work here. */
export function ContextFull({ message, isLast }: ContextFullProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const edit = useComposer((state) => state.edit);
  const regenerate = useConversation((state) => state.regenerate);
  const continueReply = useConversation((state) => state.continueReply);
  const dropOldest = useConversation((state) => state.dropOldest);
  const useContext = useContextRoom((state) => state.useContext);
  const { promptTokens, contextSize } = useMeasures(message);
  const larger = useLargerContext(message.model?.id ?? null, contextSize);
  const canDrop = useCanDrop(message, promptTokens, contextSize);
  const hasText = message.text !== "" || message.thought !== null;
  const isQuestionTooLong = useIsQuestionTooLong(message, promptTokens, contextSize) && !hasText;
  const goOn = (): Promise<void> => (isLast && hasText ? continueReply : regenerate)(message.id);
  const { parentId } = message;
  const modelId = message.model?.id;
  const size = contextSize ?? 0;
  const what = hasText
    ? say("contextFull.reply", { size })
    : say("contextFull.prompt", { tokens: figures.tokens(promptTokens ?? 0), size });
  const note = (
    <ReplyNote isProblem isAlert={message.state === "failed"}>
      {contextSize === null ? say("contextFull.unknown") : what}
    </ReplyNote>
  );
  // In the middle of a chat, it has been dealt with.
  if (!isLast) return note;
  return (
    <div className="context-full">
      {note}
      <div className="reply-offers">
        {larger !== null && modelId !== undefined && (
          <OfferButton onClick={() => void useContext(modelId, larger).then((isSet) => (isSet ? goOn() : undefined))}>
            {say("contextFull.larger", { size: larger })}
          </OfferButton>
        )}
        {canDrop && !isQuestionTooLong && (
          <OfferButton onClick={() => void dropOldest().then((hasRoom) => (hasRoom ? goOn() : undefined))}>
            {say("contextFull.drop")}
          </OfferButton>
        )}
        {canDrop && !isQuestionTooLong && <SummarizeHereButton onDone={() => void goOn()} />}
        {!isQuestionTooLong && <SummaryButton modelId={modelId} contextSize={contextSize} />}
        {!hasText && parentId !== null && (
          <OfferButton onClick={() => void edit(parentId)}>{say("contextFull.shorten")}</OfferButton>
        )}
      </div>
    </div>
  );
}

interface OfferButtonProps {
  description?: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

function OfferButton({ description, onClick, children }: OfferButtonProps) {
  return (
    <button type="button" className="button" ref={useChangeGate()} title={description} onClick={onClick}>
      {children}
    </button>
  );
}

/** Starts a new chat with a summary of this one, or shows how far that is. */
function SummaryButton({ modelId, contextSize }: { modelId: string | undefined; contextSize: number | null }) {
  const say = useSay("chats");
  const figures = useFigures();
  const chat = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? conversation.value.chat : null,
  );
  const seconds = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? summarySeconds(conversation.value.messages, modelId, contextSize) : null,
  );
  const progress = useContextRoom(({ summaries }) => (chat === null ? undefined : summaries[chat.id]));
  const continueInNewChat = useContextRoom((state) => state.continueInNewChat);
  const cancelSummary = useContextRoom((state) => state.cancelSummary);
  const [hasNone, setHasNone] = useState(false);
  if (chat === null) return null;
  if (progress !== undefined) {
    return (
      <output className="reply-note">
        {progress.parts === 1 ? say("contextFull.summarizing") : say("contextFull.summarizingPart", { ...progress })}
        <button type="button" className="text-button" onClick={() => void cancelSummary(chat.id)}>
          {say("shell:cancel")}
        </button>
      </output>
    );
  }
  const takes = seconds === null ? undefined : say("contextFull.takes", { time: figures.roughly(seconds) });
  const title = say("contextFull.title", { title: chat.title === "" ? say("untitled") : chat.title }).slice(0, 200);
  const draft = (summary: string): string => `${say("contextFull.draft")}\n\n${summary}\n\n`;
  return (
    <>
      <OfferButton
        description={takes}
        onClick={() => void continueInNewChat({ title, draft }).then((isWritten) => setHasNone(!isWritten))}
      >
        {say("contextFull.summary")}
        {takes !== undefined && (
          <span className="quiet small" aria-hidden>
            {takes}
          </span>
        )}
      </OfferButton>
      {hasNone && <span className="reply-note">{say("contextFull.noSummary")}</span>}
    </>
  );
}

/** Returns how long the prompt was and how large the context is, as far as known. */
function useMeasures({ stats, problem, model }: Message): { promptTokens: number | null; contextSize: number | null } {
  const loaded = useModels((state) => state.loaded);
  const { promptTokens, contextSize } = problem?.facts ?? {};
  if (typeof promptTokens === "number" && typeof contextSize === "number") return { promptTokens, contextSize };
  if (stats === null) return { promptTokens: null, contextSize: null };
  const size = loaded.state === "ready" && loaded.modelId === model?.id ? loaded.facts.contextSize : null;
  const filled = stats.promptTokens + stats.thoughtTokens + stats.answerTokens;
  // It may have been loaded with another context since. Contexts are allocated in steps of 256 tokens.
  const least = Math.ceil(filled / 256) * 256;
  return { promptTokens: stats.promptTokens, contextSize: size !== null && size >= filled ? size : least };
}

/** Returns a larger context that fits; null if there is none or until it is known. */
function useLargerContext(modelId: string | null, contextSize: number | null): number | null {
  const largerContext = useContextRoom((state) => state.largerContext);
  const [larger, setLarger] = useState<number | null>(null);
  useEffect(() => {
    if (modelId === null || contextSize === null) return;
    let isCurrent = true;
    void largerContext(modelId, contextSize).then((size) => isCurrent && setLarger(size));
    return () => {
      isCurrent = false;
    };
  }, [modelId, contextSize, largerContext]);
  return larger;
}

/** Returns whether there are older turns to leave out, and enough of them to make room. */
function useCanDrop(message: Message, promptTokens: number | null, contextSize: number | null): boolean {
  const hasOlder = useConversation((state) => {
    const older = olderIn(state, message);
    return older.messages.length > 0 || older.hasMore;
  });
  return hasOlder && promptTokens !== null && contextSize !== null && promptTokens >= contextSize * worthDropping;
}

/** Returns whether the question fills the context without the turns before it, so that leaving those out is no help. */
function useIsQuestionTooLong(message: Message, promptTokens: number | null, contextSize: number | null): boolean {
  // Null if it is not known how long those turns are.
  const olderTokens = useConversation((state) => {
    const older = olderIn(state, message);
    if (older.messages.length === 0) return older.hasMore ? null : 0;
    return usedByNext(older.messages) || null;
  });
  if (olderTokens === null || promptTokens === null || contextSize === null) return false;
  return promptTokens - olderTokens >= contextSize;
}

/** Returns what the prompt has before the question of this reply, as far as it has been read. */
function olderIn(
  { conversation }: ConversationState,
  { parentId }: Message,
): { messages: Message[]; hasMore: boolean } {
  if (conversation?.state !== "ready") return { messages: [], hasMore: false };
  const { messages, earlier, chat } = conversation.value;
  const { index: first } = memoryStart(chat.promptFrom, messages);
  const question = messages.findIndex(({ id }) => id === parentId);
  return { messages: messages.slice(first, Math.max(first, question)), hasMore: earlier !== null && first === 0 };
}
