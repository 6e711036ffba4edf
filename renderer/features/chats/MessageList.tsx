import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Conversation, Message, ReadingPlace } from "../../../electron/contract/chats.ts";
import { useReading, useRuns } from "../../stores/useStores.ts";
import { MessageBoundary } from "./MessageBoundary.tsx";
import { ReplyMessage } from "./ReplyMessage.tsx";
import { UserMessage } from "./UserMessage.tsx";
import { useFollowEnd } from "./useFollowEnd.ts";

/** Drawn at first, and added each time the reader nears the top: a chat of 1,000 messages opens at once. */
const messagesAtOnce = 30;

export function MessageList({ conversation }: { conversation: Conversation }) {
  const { chat, messages } = conversation;
  const run = useRuns(({ byChat }) => byChat[chat.id]);
  const startIn = useReading((state) => state.startIn);
  const leaveAt = useReading((state) => state.leaveAt);
  const [start] = useState(() => startIn(chat.id, chat.place));
  const { scroller, content, keepInPlace, isAtEnd, goToEnd, distanceFromEnd, goToDistance } = useFollowEnd(
    start,
    (place) => leaveAt(chat.id, place),
  );
  const [drawn, setDrawn] = useState(() => messagesAtOnce + messagesAfter(start, messages));
  const fromEnd = useRef<number | null>(null);
  const isWriting = run !== undefined || chat.runId !== null;

  // A message that is sent is a wish to see what comes.
  const lastUserId = messages.findLast(({ role }) => role === "user")?.id;
  const seenUserId = useRef(lastUserId);
  useEffect(() => {
    if (seenUserId.current !== lastUserId) goToEnd();
    seenUserId.current = lastUserId;
  }, [lastUserId, goToEnd]);

  // What is added above must not move what is being read, not even at the very top.
  const showEarlier = (): void => {
    fromEnd.current = distanceFromEnd();
    setDrawn(drawn + messagesAtOnce);
  };
  useLayoutEffect(() => {
    if (fromEnd.current !== null) goToDistance(fromEnd.current);
    fromEnd.current = null;
  }, [drawn, goToDistance]);

  const all = withRunning(messages, run?.message);
  const hidden = Math.max(0, all.length - drawn);
  return (
    <div className="conversation">
      <div className="conversation-scroll" ref={scroller}>
        <div className="conversation-page" ref={content}>
          {hidden > 0 && <ShowEarlier key={drawn} onShow={showEarlier} />}
          {all.slice(hidden).map((message) => {
            const ownRun = run?.message.id === message.id ? run : undefined;
            return (
              <MessageBoundary key={message.id} message={message} run={ownRun}>
                {message.role === "user" ? (
                  <UserMessage message={message} canChange={!isWriting} />
                ) : (
                  <ReplyMessage message={message} run={ownRun} canChange={!isWriting} keepInPlace={keepInPlace} />
                )}
              </MessageBoundary>
            );
          })}
        </div>
      </div>
      {!isAtEnd && (
        <button type="button" className="button to-end" onClick={goToEnd}>
          <ArrowDown size={16} aria-hidden /> To the end
        </button>
      )}
      <Announcer stage={run?.stage.stage} last={all.at(-1)} />
    </div>
  );
}

/** Returns how many messages are below a place. */
function messagesAfter(place: ReadingPlace | null, messages: readonly Message[]): number {
  const index = place === null ? -1 : messages.findIndex(({ id }) => id === place.messageId);
  return index < 0 ? 0 : messages.length - index;
}

function withRunning(messages: readonly Message[], running: Message | undefined): readonly Message[] {
  return running === undefined || messages.some(({ id }) => id === running.id) ? messages : [...messages, running];
}

function ShowEarlier({ onShow }: { onShow: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const show = useRef(onShow);
  useEffect(() => {
    show.current = onShow;
  });
  useEffect(() => {
    if (!button.current) return;
    const near = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) show.current();
      },
      { root: button.current.closest(".conversation-scroll"), rootMargin: "600px 0px 0px 0px" },
    );
    near.observe(button.current);
    return () => near.disconnect();
  }, []);
  return (
    <button type="button" ref={button} className="quiet-button" onClick={onShow}>
      Show what came earlier
    </button>
  );
}

/** Says the stages of a reply aloud, and never the stream itself. */
function Announcer({ stage, last }: { stage: string | undefined; last: Message | undefined }) {
  let words = "";
  if (stage === "thinking") words = "Thinking";
  else if (stage === "answering") words = "Answering";
  else if (stage === undefined && last?.role === "assistant" && last.state === "done") words = "Reply complete";
  return <output className="visually-hidden">{words}</output>;
}
