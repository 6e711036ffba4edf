import type { Message } from "../contract/chats.ts";
import { isTemporary } from "../contract/isTemporary.ts";
import type { Settings } from "../contract/settings.ts";
import type { Texts } from "../texts/texts.ts";
import { systemText } from "./systemText.ts";

/** A shorter reply ends before the user has turned to something else. */
const longReplyMs = 30_000;

export interface ReplySignsOptions {
  texts: Texts;
  /** Whether the user works in one of the app's windows. */
  isWatched: () => boolean;
  settings: () => Pick<Settings, "notifyReplies" | "showReplyInNotification">;
  /** Whether the chats are encrypted, or may be. */
  isEncrypted: () => boolean;
  /** Shows a notification of the system. `onClick` is called if the user clicks it. */
  notify: (notification: { title: string; body: string }, onClick: () => void) => void;
  onClick: (chatId: string) => void;
  /** In milliseconds. */
  now?: () => number;
}

export interface ReplySigns {
  started: (runId: string) => void;
  ended: (reply: { chatId: string; runId: string; message: Message }) => void;
}

/**
 * Notifies of replies that took over 30 seconds and ended while the user was elsewhere. The reply's words are in the
 * notification only if the settings allow it and the chats are not encrypted.
 */
export function replySigns(options: ReplySignsOptions): ReplySigns {
  const { texts, isWatched, settings, isEncrypted, notify, onClick, now = Date.now } = options;
  const startedAt = new Map<string, number>();
  return {
    started: (runId) => void startedAt.set(runId, now()),
    ended: ({ chatId, runId, message }) => {
      const start = startedAt.get(runId);
      // A reply that could be stored only later ends twice.
      startedAt.delete(runId);
      if (start === undefined || now() - start <= longReplyMs || isWatched() || !settings().notifyReplies) return;
      const { state, text } = message;
      if (state !== "done" && state !== "failed") return;
      // The system keeps its notifications.
      const mayKeep = !isTemporary(chatId) && !isEncrypted();
      const isShown = settings().showReplyInNotification && state === "done" && mayKeep;
      const words = isShown ? text : "";
      const title = texts.say(`replyEnded.${state}`);
      notify({ title, body: systemText(words, 200) || texts.say("replyEnded.open") }, () => onClick(chatId));
    },
  };
}
