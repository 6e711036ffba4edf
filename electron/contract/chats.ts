import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** Whether a reply opens with a thought: forced (`on`), skipped (`off`) or left to the model (`auto`). */
export const thinkingSchema = z.enum(["on", "off", "auto"]);
export type Thinking = z.infer<typeof thinkingSchema>;

/** Messages longer than this are refused at the door; the context is far smaller anyway. */
export const maxMessageChars = 4_000_000;

const id = z.string().min(1).max(64);

/** Where the user is reading: the distance from the top of a message to the top of the visible part, in pixels. */
export const readingPlaceSchema = z.object({
  messageId: id,
  /** `answer`: counted from the top of the reply's answer, which a folded thought does not move. */
  from: z.enum(["message", "answer"]),
  offsetPixels: z.number().min(-10_000).max(10_000_000),
  /** The width of the text then: in a narrower one the same words lie further down. */
  widthPixels: z.number().positive().max(100_000),
});
export type ReadingPlace = z.infer<typeof readingPlaceSchema>;

export interface ChatSummary {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  /** The run writing a reply in this chat now, if any. */
  runId: string | null;
}

export interface Chat extends ChatSummary {
  draft: string;
  thinking: Thinking;
  /** Empty unless the user wrote one: DeepSeek advises none for R1. */
  systemPrompt: string;
  /** The model that answers in this chat; null if there was none when the chat began. */
  modelId: string | null;
  /** Set if a value above was changed on the disk and could not be read; a default replaces it. */
  problem: Problem | null;
  /** Where the user last read it; null at its end. */
  place: ReadingPlace | null;
  /** Whether it is shown as plain text because the window crashed twice with it open. */
  isPlain: boolean;
}

/** Why a reply ended. `interrupted`: the app or the engine died; `context`: the context is full. */
export type StopReason = "end" | "stopped" | "maxTokens" | "context" | "interrupted";

/** Measured by the engine's own clock, kept with the message. Rates are null where nothing was measured. */
export interface ReplyStats {
  promptTokens: number;
  /** Prompt tokens taken from the previous turn's state instead of being read again. */
  cachedTokens: number;
  thoughtTokens: number;
  answerTokens: number;
  /** From the request's arrival in the engine to the first token. */
  ttftMs: number;
  /** From the first to the last token of the thought. */
  thoughtMs: number;
  prefillTokensPerSecond: number | null;
  /** Tokens after the first one, over the time they took. */
  tokensPerSecond: number | null;
  stopReason: StopReason;
  /** Tokens per second over equal slices of the reply, oldest first, at most 120. */
  speedSamples: number[];
}

/**
 * A message's state:
 *
 *   streaming ──▶ done | stopped | failed
 *       └─(the app died; seen at the next start)──▶ interrupted
 */
export type MessageState = "streaming" | "done" | "stopped" | "failed" | "interrupted";

export interface Message {
  id: string;
  chatId: string;
  /** The message before it; siblings of one parent are versions of each other. */
  parentId: string | null;
  role: "user" | "assistant";
  createdAt: number;
  text: string;
  /** Null: no thought was written. Kept on screen, never fed back to the model. */
  thought: string | null;
  state: MessageState;
  model: { id: string; name: string } | null;
  stats: ReplyStats | null;
  problem: Problem | null;
  /** Position among the versions of this message, from 1. */
  version: { index: number; count: number; ids: string[] };
}

/** A page of the list of chats. */
export interface ChatPage {
  /** Last changed first. */
  chats: ChatSummary[];
  /** Cursor of the next page; null: this is the last one. */
  next: string | null;
  /** Number of the newest `chats.changed` that this page contains. */
  sequence: number;
}

/** An open chat: some successive messages of the chosen branch, oldest first. */
export interface Conversation {
  chat: Chat;
  messages: Message[];
  /** Cursor to the messages above these; null: the first one is here. */
  earlier: string | null;
  /** Cursor to the messages below these; null: the last one is here. */
  later: string | null;
}

/** Successive messages of a branch, oldest first. */
export interface MessagePage {
  messages: Message[];
  /** Cursor to those that follow in the direction asked for; null: there are none. */
  next: string | null;
}

/** Start and end, in UTF-16 units, of some characters of a text. */
export type TextRange = [start: number, end: number];

/** A message, or the title of a chat, that contains all the words of a search. */
export interface SearchHit {
  chat: Pick<ChatSummary, "id" | "title">;
  /** Null: the title contains the words. */
  messageId: string | null;
  /** An excerpt of the message around the words, or the title. On one line. */
  snippet: string;
  /** Where the words are in the snippet. Empty if they cannot be told apart in it. */
  marks: TextRange[];
}

export interface SearchPage {
  /** Titles first, then messages; newest first. */
  hits: SearchHit[];
  /** Cursor of the next page; null: there are no more hits. */
  next: string | null;
}

/** A reply that has begun: the question and the reply, which is empty. They come after the question's parent. */
export interface BegunRun {
  runId: string;
  messages: Message[];
}

const messageText = z.string().max(maxMessageChars);
const cursor = z.string().min(1).max(100);

export const chatsCalls = {
  /** A hundred chats, last changed first: the newest ones, or those after the cursor of another page. */
  "chats.list": call<ChatPage>()(z.object({ cursor: cursor.nullable().default(null) })),
  /** Fifty hits: messages and titles that contain all the words of the query, in any order. */
  "chats.search": call<SearchPage>()(z.object({ query: z.string().max(500), cursor: cursor.nullable().default(null) })),
  /** Null: the model that was chosen last. The chat keeps its model if another one is chosen elsewhere. */
  "chats.create": call<Chat>()(z.object({ modelId: id.nullable().default(null) })),
  /**
   * The messages around the place where the user left the chat, or else the last ones. With `at`, those around that
   * message, on the branch that goes through it, which is shown from then on.
   */
  "chats.open": call<Conversation>()(
    z.object({ chatId: id, at: id.nullable().default(null), atEnd: z.boolean().default(false) }),
  ),
  /** More messages of the shown branch: those next to a conversation's cursor. */
  "chats.messages": call<MessagePage>()(z.object({ chatId: id, cursor: id, direction: z.enum(["earlier", "later"]) })),
  /** Shows a plain chat in the usual view again. After another crash of the window it is plain again. */
  "chats.showAsUsual": call<Chat>()(z.object({ chatId: id })),
  "chats.rename": call<null>()(z.object({ chatId: id, title: z.string().trim().min(1).max(200) })),
  /** Hides the chat; `chats.restore` undoes it until `chats.purge` or the next start erases it. */
  "chats.delete": call<null>()(z.object({ chatId: id })),
  "chats.restore": call<null>()(z.object({ chatId: id })),
  "chats.purge": call<null>()(z.object({ chatId: id })),
  /** Null: the chat that begins with the next message. */
  "chats.saveDraft": call<null>()(z.object({ chatId: id.nullable(), draft: messageText })),
  /** The draft of the chat that begins with the next message. */
  "chats.newDraft": call<string>()(z.object({})),
  "chats.savePlace": call<null>()(z.object({ chatId: id, place: readingPlaceSchema.nullable() })),
  "chats.configure": call<Chat>()(
    z.object({
      chatId: id,
      thinking: thinkingSchema.optional(),
      systemPrompt: z.string().max(100_000).optional(),
      modelId: id.nullable().optional(),
    }),
  ),
  /** Commits the user's message and starts a run. */
  "chats.send": call<BegunRun>()(z.object({ chatId: id, text: messageText })),
  /** Writes another version of this reply. */
  "chats.regenerate": call<BegunRun>()(z.object({ messageId: id })),
  /** Sends another version of this user message; the earlier one stays. */
  "chats.edit": call<BegunRun>()(z.object({ messageId: id, text: messageText })),
  /** Shows the branch that goes through this version. Returns its messages from this version on. */
  "chats.selectVersion": call<MessagePage>()(z.object({ messageId: id })),
};
