import { useEffect, useState } from "react";
import type { Conversation, Message } from "../../../electron/contract/chats.ts";
import { memoryStart } from "../../../electron/contract/memoryStart.ts";
import type { Loadable } from "../../stores/loadable.ts";
import { useContextRoom, useConversation } from "../../stores/useStores.ts";
import { askedTokens } from "./askedTokens.ts";
import { usedByNext, usedUntil } from "./usedByNext.ts";

/**
 * Returns how many tokens the open chat's next prompt starts with; null until the end of the chat has been read. They are
 * those of the last reply, and where it has none, because it was edited or imported, or where the prompt has changed since,
 * the loaded model counts them. Until then, they are estimated.
 */
export function useKeptTokens(canCount: boolean): number | null {
  const chatId = useConversation((state) => state.openId);
  const estimate = useConversation(({ conversation }) => {
    if (conversation?.state !== "ready") return 0;
    const { messages, later } = conversation.value;
    return later === null ? usedByNext(messages) + askedTokens(messages) : null;
  });
  const last = useConversation((state) => lastOf(state.conversation)?.id ?? null);
  const isMeasured = useConversation(({ conversation }) => {
    const message = lastOf(conversation);
    return message !== null && usedUntil(message) !== null;
  });
  const prompt = useConversation(({ conversation }) =>
    conversation?.state === "ready" ? promptOf(conversation.value) : "",
  );
  const counted = useContextRoom(({ counts }) => (chatId === null ? undefined : counts[chatId]));
  const count = useContextRoom((state) => state.count);
  // What the last reply was written with.
  const [written, setWritten] = useState({ last, prompt });
  if (written.last !== last) setWritten({ last, prompt });
  const isUnknown = last !== null && (!isMeasured || written.prompt !== prompt);
  const state = `${last} ${prompt}`;
  const isCounted = counted?.of === state;
  useEffect(() => {
    if (chatId !== null && canCount && isUnknown && !isCounted) void count(chatId, state);
  }, [chatId, canCount, isUnknown, isCounted, count, state]);
  if (estimate === null) return null;
  return isUnknown && isCounted ? counted.tokens : estimate;
}

function lastOf(conversation: Loadable<Conversation> | null): Message | null {
  const value = conversation?.state === "ready" ? conversation.value : null;
  return value === null || value.later !== null ? null : (value.messages.at(-1) ?? null);
}

/** Returns what of a chat's settings is in its prompt, and which summary. */
function promptOf({ chat, messages }: Conversation): string {
  const { summary } = memoryStart(chat.promptFrom, messages);
  return JSON.stringify([chat.promptFrom, chat.systemPrompt, chat.modelId, chat.thinking, summary?.text]);
}
