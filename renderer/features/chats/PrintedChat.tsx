import { useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "../../../electron/contract/chats.ts";
import { memoryStart } from "../../../electron/contract/memoryStart.ts";
import { printedMessage, printsThoughts } from "../../app/windowKind.ts";
import { WhatHappened } from "../../parts/ProblemWords.tsx";
import { onHash, openFromAddress } from "../../app/useRoute.ts";
import { useCommands, useConversation, useStores } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { PlainText } from "./PlainText.tsx";
import { useSpeaker } from "./PlainMessage.tsx";
import { diagramsDrawn } from "./diagramsDrawn.ts";
import { PrintedAnswer } from "./PrintedAnswer.tsx";
import { WrittenOn } from "./ReplyPlace.tsx";
import "./printedChat.css";

/** The chat that the address names, for paper. Main changes the address to print the next one. */
export default function PrintedChats() {
  const stores = useStores();
  const openId = useConversation((state) => state.openId);
  const isGone = useConversation(({ conversation }) => openId === null || conversation?.state === "failed");
  useEffect(() => {
    document.documentElement.dataset["window"] = "print";
  }, []);
  useEffect(() => onHash(() => openFromAddress(stores)), [stores]);
  useEffect(() => {
    // Main then knows that the chat cannot be printed.
    if (isGone) window.close();
  }, [isGone]);
  return openId === null ? null : <PrintedChat key={openId} />;
}

/**
 * A whole chat, without figures and buttons, and with thoughts only if they were asked for. Tells main when all of it is
 * drawn.
 */
function PrintedChat() {
  const say = useSay("chats");
  const figures = useFigures();
  const chat = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? conversation.value.chat : null,
  );
  const readAll = useConversation((state) => state.readAll);
  const printReady = useCommands((state) => state.printReady);
  const { diagrams } = useStores();
  const [messages, setMessages] = useState<readonly Message[] | null>(null);
  const waiting = useRef(new Set<string>());
  const chatId = chat?.id ?? null;
  const isPlain = chat?.isPlain === true;
  const title = chat === null ? "" : chat.title.trim() || say("untitled");

  useEffect(() => {
    // A PDF has it as its own title.
    if (title !== "") document.title = title;
  }, [title]);
  useEffect(() => {
    if (chatId === null) return;
    void readAll().then((all) => {
      const only = printedMessage();
      const printed = (all ?? []).filter(({ id }) => only === null || id === only);
      // Main then knows that it cannot be printed.
      if (only !== null && printed.length === 0) window.close();
      waiting.current = new Set((isPlain ? [] : printed).filter(isAnswer).map(({ id }) => id));
      setMessages(printed);
    });
  }, [chatId, isPlain, readAll]);

  const tellIfDrawn = useCallback((): void => {
    if (waiting.current.size > 0 || chatId === null) return;
    void Promise.all([document.fonts.ready, diagramsDrawn(diagrams)]).then(() => printReady(chatId));
  }, [printReady, diagrams, chatId]);
  useEffect(() => {
    if (messages !== null) tellIfDrawn();
  }, [messages, tellIfDrawn]);

  if (chat === null || messages === null) return null;
  const { summary: readSummary } = memoryStart(chat.promptFrom, messages);
  return (
    <main className="printed-chat">
      <h1 dir="auto">{title}</h1>
      <p className="printed-when">{figures.dayAndTime(chat.createdAt)}</p>
      {messages.map((message) => (
        <PrintedMessage
          key={message.id}
          message={message}
          isPlain={isPlain}
          isSummaryRead={message.summary === readSummary}
          onDrawn={(id) => {
            waiting.current.delete(id);
            tellIfDrawn();
          }}
        />
      ))}
    </main>
  );
}

const isAnswer = ({ role, text }: Message): boolean => role === "assistant" && text !== "";

interface PrintedMessageProps {
  message: Message;
  /** Whether formatting the chat has made the window stop working. */
  isPlain: boolean;
  /** Whether the model reads the summary in place of the message and those above it. */
  isSummaryRead: boolean;
  onDrawn: (id: string) => void;
}

function PrintedMessage({ message, isPlain, isSummaryRead, onDrawn }: PrintedMessageProps) {
  const say = useSay("chats");
  const speaker = useSpeaker();
  const latest = useRef(onDrawn);
  const drawn = useCallback(() => latest.current(message.id), [message.id]);
  return (
    <article className="printed-message" aria-label={speaker(message)}>
      <h2>{speaker(message)}</h2>
      {message.model?.server && (
        <p className="printed-document">
          <WrittenOn place={message.model.server} />
        </p>
      )}
      {message.attachments?.map(({ id, name, unit, passages }) => (
        <p key={id} className="printed-document">
          {say("exports:file.document")}: <bdi>{name}</bdi>
          {passages.map(({ number, part }) => (
            <span key={number}>
              {` · [${number}]`}
              {unit !== null && ` ${say(`exports:file.${unit}`, { part: String(part) })}`}
            </span>
          ))}
        </p>
      ))}
      {message.thought !== null && message.thought.trim() !== "" && printsThoughts() && (
        <div className="printed-thought plain-text" dir="auto">
          <PlainText text={message.thought} />
        </div>
      )}
      {isAnswer(message) && !isPlain ? (
        <PrintedAnswer text={message.text} onDrawn={drawn} />
      ) : (
        <div className="plain-text" dir="auto">
          <PlainText text={message.text} />
        </div>
      )}
      {message.problem && (
        <p className="printed-problem">
          <WhatHappened problem={message.problem} />
        </p>
      )}
      {message.summary && (
        <aside className="printed-thought">
          <p className="printed-document">
            {say(
              `exports:file.${isSummaryRead ? "summary" : "earlierSummary"}${message.summary.edited ? "Edited" : ""}`,
              {
                model: message.summary.model.name || "R1",
              },
            )}
          </p>
          <div className="plain-text" dir="auto">
            <PlainText text={message.summary.text} />
          </div>
        </aside>
      )}
    </article>
  );
}
