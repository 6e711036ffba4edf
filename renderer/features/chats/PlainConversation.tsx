import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { Conversation, Message } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { sliceText } from "../../stores/growingText.ts";
import { useConversation, useRuns, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PlainMessage, plainParts, useSpeaker } from "./PlainMessage.tsx";
import { ReadMore } from "./ReadMore.tsx";

/** All messages of a chat as plain text. Used once the window has stopped working twice with the chat open. */
export function PlainConversation({
  conversation: { chat, messages, earlier, later },
}: {
  conversation: Conversation;
}) {
  const say = useSay("chats");
  const speaker = useSpeaker();
  const run = useRuns(({ byChat }) => byChat[chat.id]);
  const showAsUsual = useConversation((state) => state.showAsUsual);
  const copyText = useShell((state) => state.copyText);
  const [copied, setCopied] = useState(false);
  const readMore = useConversation((state) => state.readMore);
  const readAll = useConversation((state) => state.readAll);
  const copyAll = async (): Promise<void> => {
    const all = await readAll();
    if (all !== null) setCopied(await copyText(textOf(all)));
  };
  // Copied as displayed, and so in the user's language.
  const textOf = (all: readonly Message[]): string =>
    all
      .map((message) => {
        const { thought, answer } = plainParts(message, run?.message.id === message.id ? run : undefined);
        const parts = [sliceText(thought, 0).trim(), sliceText(answer, 0)];
        return [`${speaker(message)}:`, ...parts].filter((part) => part !== "").join("\n\n");
      })
      .join("\n\n\n");
  return (
    <div className="conversation conversation-scroll">
      <div className="conversation-page">
        <section className="plain-chat" aria-label={say("plain.label")}>
          <p>{say("plain.why")}</p>
          <button type="button" className="button" onBlur={() => setCopied(false)} onClick={() => void copyAll()}>
            {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            {say(copied ? "copied" : "plain.copyChat")}
          </button>
          <button type="button" className="button" onClick={() => void showAsUsual()}>
            {say("plain.showAsUsual")}
          </button>
        </section>
        {earlier !== null && <ReadMore key={earlier} direction="earlier" onNear={() => void readMore("earlier")} />}
        {messages.map((message) => (
          <PlainMessage key={message.id} message={message} run={run?.message.id === message.id ? run : undefined}>
            {message.problem && <ProblemNotice problem={message.problem} />}
          </PlainMessage>
        ))}
        {later !== null && <ReadMore key={later} direction="later" onNear={() => void readMore("later")} />}
      </div>
    </div>
  );
}
