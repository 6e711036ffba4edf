import { ArrowDown } from "lucide-react";
import { Fragment, memo, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Conversation, Message } from "../../../electron/contract/chats.ts";
import { memoryStart } from "../../../electron/contract/memoryStart.ts";
import type { Found } from "../../stores/conversation.ts";
import { useMoreAnswers } from "../../stores/useMoreAnswers.ts";
import { useConversation, useReading, useRuns } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { Announcer } from "./Announcer.tsx";
import { ChangeGateContext, createChangeGate } from "./changeGate.ts";
import { LeftOutLine } from "./LeftOutLine.tsx";
import { MessageBoundary } from "./MessageBoundary.tsx";
import { ReadMore } from "./ReadMore.tsx";
import { ReplyMessage, type ReplyMessageProps } from "./ReplyMessage.tsx";
import { ReplyNote } from "./ReplyNote.tsx";
import { ReplyPopups } from "./ReplyPopups.tsx";
import { useAddedAbove } from "./useAddedAbove.ts";
import { SummaryLine } from "./SummaryLine.tsx";
import { UserMessage } from "./UserMessage.tsx";
import { useFollowEnd } from "./useFollowEnd.ts";
import { useGradually } from "./useGradually.ts";
import { useFoundWords } from "./useFoundWords.ts";
import { useLastReplyActions } from "./useLastReplyActions.ts";
import { useRunOf } from "./useRunOf.ts";

export interface MessageListProps {
  conversation: Conversation;
  /** The message at which a search opened the chat. */
  found: Found | null;
}

export function MessageList({ conversation: whole, found }: MessageListProps) {
  const say = useSay("chats");
  const conversation = useGradually(whole);
  const { chat, messages, earlier, later } = conversation;
  // Not the run itself, which changes with each token.
  const running = useRuns(({ byChat }) => byChat[chat.id]?.message);
  const startIn = useReading((state) => state.startIn);
  const leaveAt = useReading((state) => state.leaveAt);
  const readMore = useConversation((state) => state.readMore);
  const readEnd = useConversation((state) => state.goToEnd);
  const ends = useConversation((state) => state.ends);
  const isFirstShown = useReading((state) => state.isFirstShown);
  const [leadsTo] = useState(() => (found !== null && isFirstShown(found) ? found.messageId : null));
  const [start] = useState(() =>
    leadsTo === null
      ? startIn(chat.id, chat.place)
      : { messageId: leadsTo, from: "message" as const, offsetPixels: 0, widthPixels: 1 },
  );
  const hasEnd = later === null;
  const follow = useFollowEnd(start, hasEnd, (place) => leaveAt(chat.id, place));
  const { scroller, content, keepInPlace, isAtEnd, goToEnd, goTo } = follow;
  useAddedAbove(messages[0]?.id, follow);
  useFoundWords(scroller, goTo);
  const hasMoreAnswers = useMoreAnswers(chat.id);
  const isWriting = running !== undefined || chat.runId !== null || hasMoreAnswers;
  const [gate] = useState(createChangeGate);
  useLayoutEffect(() => gate.set(!isWriting), [gate, isWriting]);
  const isCurrent = hasEnd && !isWriting;
  useLastReplyActions(isCurrent ? messages.at(-1) : undefined);

  // Users who send a message want to see the reply.
  const lastUserId = hasEnd ? messages.findLast(({ role }) => role === "user")?.id : undefined;
  const seenUserId = useRef(lastUserId);
  const seenEnds = useRef(ends);
  useEffect(() => {
    // If the end was reached by reading down, its last message is not new.
    const isNew = seenUserId.current !== undefined && lastUserId !== undefined && seenUserId.current !== lastUserId;
    if (isNew || seenEnds.current !== ends) goToEnd();
    seenUserId.current = lastUserId;
    seenEnds.current = ends;
  }, [lastUserId, ends, goToEnd]);

  const all = hasEnd ? withRunning(messages, running) : messages;
  const { index: firstRead, summary: readSummary } = memoryStart(chat.promptFrom, all);
  return (
    <div className="conversation">
      <div className="conversation-scroll" ref={scroller}>
        <div className="conversation-page" ref={content}>
          {earlier !== null && <ReadMore key={earlier} direction="earlier" onNear={() => void readMore("earlier")} />}
          <ChangeGateContext value={gate}>
            {all.map((message, index) => {
              const isLast = hasEnd && index === all.length - 1;
              return (
                <Fragment key={message.id}>
                  {index > 0 && index === firstRead && readSummary === null && <LeftOutLine canChange={!isWriting} />}
                  <OneMessage
                    message={message}
                    isRunning={message.id === running?.id}
                    isLast={isLast}
                    keepInPlace={keepInPlace}
                  />
                  {message.summary && (
                    <SummaryLine
                      message={message}
                      summary={message.summary}
                      isRead={message.summary === readSummary && (hasEnd || null)}
                      canChange={!isWriting}
                    />
                  )}
                  {isLast && message.role === "user" && !isWriting && <NoReply question={message} />}
                </Fragment>
              );
            })}
          </ChangeGateContext>
          {later !== null && <ReadMore key={later} direction="later" onNear={() => void readMore("later")} />}
        </div>
      </div>
      {!(isAtEnd && hasEnd) && (
        <button type="button" className="button to-end" onClick={hasEnd ? goToEnd : () => void readEnd()}>
          <ArrowDown size={16} aria-hidden /> {say("conversation.toEnd")}
        </button>
      )}
      <ReplyPopups conversation={conversation} canChange={!isWriting} />
      <Announcer chatId={chat.id} last={all.at(-1)} />
    </div>
  );
}

function withRunning(messages: readonly Message[], running: Message | undefined): readonly Message[] {
  return running === undefined || messages.some(({ id }) => id === running.id) ? messages : [...messages, running];
}

interface OneMessageProps extends Omit<ReplyMessageProps, "run"> {
  /** Whether a run is writing it. */
  isRunning: boolean;
}

/** While a reply is written, and when it begins and ends, the messages above it are not rendered again. */
const OneMessage = memo(function OneMessage({ isRunning, ...props }: OneMessageProps) {
  const { message } = props;
  const run = useRunOf(message.chatId, isRunning);
  return (
    <MessageBoundary message={message} run={run}>
      {message.role === "user" ? <UserMessage message={message} /> : <ReplyMessage {...props} run={run} />}
    </MessageBoundary>
  );
});

/** The last question, whose reply was deleted. */
function NoReply({ question }: { question: Message }) {
  const say = useSay("chats");
  const regenerate = useConversation((state) => state.regenerate);
  return (
    <ReplyNote
      action={
        <button type="button" className="text-button" onClick={() => void regenerate(question.id)}>
          {say("noReply.write")}
        </button>
      }
    >
      {say("noReply.none")}
    </ReplyNote>
  );
}
