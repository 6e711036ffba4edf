import { z } from "zod";
import type { BranchMap } from "./branchMap.ts";
import { call } from "./call.ts";
import { chatFolderCalls } from "./chatFolders.ts";
import { type Attachment, mostDocuments } from "./documents.ts";
import type { EarlierSummary } from "./earlierSummary.ts";
import type { Problem } from "./errors.ts";
import { mostSummaryChars } from "./longChats.ts";
import { maxMessageChars } from "./maxMessageChars.ts";
import { isVisibleName, mostTitleChars } from "./names.ts";
import { type ReplySettings, replySettingsChangeSchema, replySettingsSchema } from "./replySettings.ts";
import type { WireFigures, WrittenAt } from "./servers.ts";

/** Whether a reply begins with a thought: forced (`on`), skipped (`off`) or decided by the model (`auto`). */
export const thinkingSchema = z.enum(["on", "off", "auto"]);
export type Thinking = z.infer<typeof thinkingSchema>;

const id = z.string().min(1).max(64);

/** The reading position: the distance from the top of a message to the top of the visible part, in pixels. */
export const readingPlaceSchema = z.object({
  messageId: id,
  /** `answer` measures from the top of the reply's answer, which folding the thought does not move. */
  from: z.enum(["message", "answer"]),
  offsetPixels: z.number().min(-10_000).max(10_000_000),
  /** The width of the text at that time. In a narrower column, the same words are further down. */
  widthPixels: z.number().positive().max(100_000),
});
export type ReadingPlace = z.infer<typeof readingPlaceSchema>;

export interface ChatSummary {
  id: string;
  title: string;
  createdAt: number;
  updatedAt: number;
  /** Whether it is listed above the others of its folder, or of those in no folder. */
  pinned: boolean;
  /** The folder that it is in, or null. */
  folderId: string | null;
  /** Whether it is listed only among the archived chats. */
  archived: boolean;
  /** The run that is writing a reply in this chat. Null if there is none. */
  runId: string | null;
  /** What the last reply of the shown branch has in `\boxed{…}`, as LaTeX. Left out if there is none. */
  result?: string;
}

/** What was typed and not sent. */
export interface Draft {
  draft: string;
  /** Long texts that were pasted. They follow the draft in the message. */
  pasted: string[];
}

/** What was chosen for the chat that the next message starts. Its model is the default one. */
export const beginningSchema = z.object({
  /** Null stands for the value in the settings. */
  thinking: thinkingSchema.nullable(),
  systemPrompt: z.string().max(100_000),
  replySettings: replySettingsSchema,
});
export type Beginning = z.output<typeof beginningSchema>;

/** A message that is being changed, as it was typed so far. `part` is set if it is the thought of a reply. */
export const keptEditSchema = z.object({
  messageId: z.string(),
  text: z.string(),
  part: z.literal("thought").optional(),
});
export type KeptEdit = z.output<typeof keptEditSchema>;

/** What there is of the chat that the next message starts. */
export interface NewDraft extends Draft {
  /** Null if nothing was chosen. */
  beginning: Beginning | null;
}

/** A draft as it is saved. Pasted texts are left out if they have not changed. */
export interface SavedDraft {
  draft: string;
  pasted?: string[] | undefined;
}

export interface Chat extends ChatSummary, Draft {
  /** The edit that was begun last and is neither sent nor cancelled. Null if there is none. */
  edit: KeptEdit | null;
  thinking: Thinking;
  /** Empty unless the user wrote one. DeepSeek recommends none for R1. */
  systemPrompt: string;
  replySettings: ReplySettings;
  /** The model that answers in this chat. Null if there was no model when the chat was created. */
  modelId: string | null;
  /** Set if a value above was changed on the disk and could not be read. A default replaces it. */
  problem: Problem | null;
  /** Where the user stopped reading. Null for the end of the chat. */
  place: ReadingPlace | null;
  /** The first message that is sent to the model, to save context. Null, or not on the shown branch: the first one. */
  promptFrom: string | null;
  /** Whether questions are also searched for in the documents of the chat’s folder, if it has some. */
  searchesFolder: boolean;
  /** Whether it is shown as plain text, because the window crashed twice with it open. */
  isPlain: boolean;
}

/** Exactly what a model reads before it writes a reply. */
export interface NextPrompt {
  /** With the special tokens of the model's format. */
  text: string;
  /** Number of tokens of the prompt, and of the model's context. */
  tokens: number;
  contextSize: number;
  modelName: string;
}

/** Why a reply ended. `interrupted`: the app or the engine died. `context`: the context is full. */
export type StopReason = "end" | "stopped" | "maxTokens" | "context" | "interrupted";

/** Why a thought ended early: on request, or at the limit that was set for it. The answer followed. */
export type ThoughtCut = "skipped" | "tokens" | "time";

/**
 * Measured by the engine's own clock, or for a server's reply by this app's, and stored with the message. Rates are null if
 * nothing was measured.
 */
export interface ReplyStats {
  promptTokens: number;
  /** Prompt tokens reused from the previous turn's state instead of being read again. */
  cachedTokens: number;
  thoughtTokens: number;
  answerTokens: number;
  /** From the arrival of the request in the engine to the first token. */
  ttftMs: number;
  /** From the first to the last token of the thought. */
  thoughtMs: number;
  /** Null if the model ended its thought itself, or wrote none. */
  thoughtCut: ThoughtCut | null;
  prefillTokensPerSecond: number | null;
  /** Number of tokens after the first one, divided by the time they took. */
  tokensPerSecond: number | null;
  stopReason: StopReason;
  /** Tokens per second over equal slices of the reply, oldest first, at most 120. */
  speedSamples: number[];
  /** Set if a server wrote the reply: how its figures were taken. */
  wire?: WireFigures | undefined;
}

/**
 * The lifecycle of a message:
 *
 *   streaming ──▶ done | stopped | failed
 *       └─(the app died; seen at the next start)──▶ interrupted
 */
export type MessageState = "streaming" | "done" | "stopped" | "failed" | "interrupted";

/** What several answers to one question were asked for. */
export type AskedFor =
  | { kind: "vote"; answers: number }
  | { kind: "comparison"; models: Pick<ReplyModel, "id" | "name" | "server">[] };

/** The model that wrote a reply, and how it was asked to. */
export interface ReplyModel {
  /** Id and name are empty if the model is not known: the reply was edited, or not begun. */
  id: string;
  name: string;
  /** Set if the user has changed what the model wrote. */
  edited?: true | undefined;
  /** Left out if the model drew with any seed. */
  seed?: number | undefined;
  /** The vote or the comparison that the reply is part of, until that has ended. Kept if the app ends before. */
  asked?: AskedFor | undefined;
  /** Set if a server wrote it: which one. */
  server?: WrittenAt | undefined;
}

export interface Message {
  id: string;
  chatId: string;
  /** The message before it. Messages with the same parent are versions of each other. */
  parentId: string | null;
  role: "user" | "assistant";
  createdAt: number;
  text: string;
  /** Null if no thought was written. Shown on screen but never included in a prompt. */
  thought: string | null;
  state: MessageState;
  model: ReplyModel | null;
  stats: ReplyStats | null;
  problem: Problem | null;
  /** The documents of a user's message. Left out if there are none. */
  attachments?: Attachment[];
  /** What prompts have in place of this message and those above it. Left out if they have the messages themselves. */
  summary?: EarlierSummary;
  /** Position among the versions of this message, counted from 1. */
  version: { index: number; count: number; ids: string[] };
}

/** A page of the list of chats. */
export interface ChatPage {
  /** Pinned ones first, and the most recently changed ones first among each. */
  chats: ChatSummary[];
  /** Cursor of the next page. Null if this is the last one. */
  next: string | null;
  /** Sequence number of the newest `chats.changed` event that this page includes. */
  sequence: number;
}

/** An open chat with some consecutive messages of the chosen branch, oldest first. */
export interface Conversation {
  chat: Chat;
  messages: Message[];
  /** Cursor to the messages above these. Null if the first message is included. */
  earlier: string | null;
  /** Cursor to the messages below these. Null if the last message is included. */
  later: string | null;
}

/** Consecutive messages of a branch, oldest first. */
export interface MessagePage {
  messages: Message[];
  /** Cursor to the next messages in the requested direction. Null if there are none. */
  next: string | null;
}

/** Start and end of a range of a text, in UTF-16 code units. */
export type TextRange = [start: number, end: number];

/** A chat in which the title, or a message, contains all the words of a search. */
export interface SearchHit {
  chat: Pick<ChatSummary, "id" | "title" | "archived" | "folderId">;
  /** Positions of the words in the title. Empty if it does not contain all of them. */
  titleMarks: TextRange[];
  /** When the message was written, or if only the title contains the words, when the chat was last changed. */
  at: number;
  /** The newest message that contains the words. Null if only the title does. */
  messageId: string | null;
  /** The server that wrote the message, if one did. Null too if only the title contains the words. */
  server: WrittenAt | null;
  /** An excerpt of the message around the words, on one line and without markup. Empty if only the title matches. */
  snippet: string;
  /** Positions of the words in the snippet. Empty if they cannot be located in it. */
  marks: TextRange[];
}

/** How much a search found: titles that match, and places in messages. */
export interface SearchTotal {
  hits: number;
  chats: number;
  /** False if there are more, because only the newest messages were counted. */
  isAll: boolean;
}

export interface SearchPage {
  /** Each chat once, first those with matching titles; newest first. A chat of an earlier page may be repeated. */
  hits: SearchHit[];
  /** Cursor of the next page. Null if there are no more hits. */
  next: string | null;
  /** Null on all pages but the first. */
  total: SearchTotal | null;
}

/** A text of the shown branch that contains what is looked for, and how often. */
export interface ChatHit {
  messageId: string;
  part: "thought" | "text";
  count: number;
}

/** A reply that was started: the question and the still empty reply. They follow the question's parent. */
export interface BegunRun {
  runId: string;
  messages: Message[];
}

const messageText = z.string().max(maxMessageChars);
const title = z.string().trim().max(mostTitleChars).refine(isVisibleName);
const cursor = z.string().min(1).max(100);
const ids = z.array(id).min(1).max(10_000);
const keptEdit = keptEditSchema.extend({ messageId: id, text: messageText });
const savedDraft = z.object({ draft: messageText, pasted: z.array(messageText).max(100).optional() });
export const sentMessageSchema = z.object({
  chatId: id,
  text: messageText,
  from: savedDraft.optional(),
  attachmentIds: z.array(id).max(mostDocuments).optional(),
});
/** A message to a chat, the draft that it is made from, and those of the draft's documents that it gets. */
export type SentMessage = z.output<typeof sentMessageSchema>;

export const chatsCalls = {
  /**
   * Returns up to a hundred chats, first the pinned ones, then the most recently changed ones: the first ones, or those
   * after another page's cursor. With `folderId`, those of this folder, or for null those in none; with `archived`, only
   * archived ones or only others.
   */
  "chats.list": call<ChatPage>()(
    z.object({
      cursor: cursor.nullable().default(null),
      folderId: id.nullable().optional(),
      archived: z.boolean().optional(),
    }),
  ),
  /** Returns up to fifty chats whose title, or a message of which, contains all words of the query, in any order. */
  "chats.search": call<SearchPage>()(z.object({ query: z.string().max(500), cursor: cursor.nullable().default(null) })),
  /**
   * Returns where the shown branch contains the query, in the order of the page, in thoughts too. As a phrase, or else
   * each of its words. A reply that is being written is left out.
   */
  "chats.find": call<ChatHit[]>()(
    z.object({ chatId: id, query: z.string().max(500), asPhrase: z.boolean().default(true) }),
  ),
  /**
   * Null stands for the model that was chosen last. The chat keeps its model if another one is chosen elsewhere. A
   * temporary chat is kept only in memory until the app quits: see `isTemporary`.
   */
  "chats.create": call<Chat>()(
    z.object({ modelId: id.nullable().default(null), temporary: z.boolean().default(false) }),
  ),
  /**
   * Returns the messages around the saved reading position, or else the last ones. With `at`, returns those around that
   * message and switches to the branch that contains it. With `near`, returns those around that message if it is on the
   * shown branch, and switches to no other.
   */
  "chats.open": call<Conversation>()(
    z.object({
      chatId: id,
      at: id.nullable().default(null),
      near: id.nullable().default(null),
      atEnd: z.boolean().default(false),
    }),
  ),
  /** Returns more messages of the shown branch: those next to a conversation's cursor. */
  "chats.messages": call<MessagePage>()(z.object({ chatId: id, cursor: id, direction: z.enum(["earlier", "later"]) })),
  /** Shows a plain chat in the usual view again. If the window crashes again, the chat becomes plain again. */
  "chats.showAsUsual": call<Chat>()(z.object({ chatId: id })),
  /**
   * Keeps a temporary chat on the disk, with all that it has: all at once, or nothing if that fails. Returns it with its
   * new id. Rejects with `chat-busy` while a reply is being written.
   */
  "chats.keep": call<Chat>()(z.object({ chatId: id })),
  "chats.rename": call<null>()(z.object({ chatId: id, title })),
  "chats.pin": call<null>()(z.object({ chatIds: ids, pinned: z.boolean() })),
  /**
   * Hides these chats, or none if one of them does not exist. `chats.restore` undoes this until `chats.purge` or the
   * next start erases them.
   */
  "chats.delete": call<null>()(z.object({ chatIds: ids })),
  "chats.restore": call<null>()(z.object({ chatIds: ids })),
  "chats.purge": call<null>()(z.object({ chatIds: ids })),
  /**
   * Null stands for the chat that will be created with the next message. Pasted texts that are left out stay. `before` is
   * the draft that was changed: if another window has saved something else since, both changes are made. Returns the
   * draft that is saved now.
   */
  "chats.saveDraft": call<SavedDraft>()(savedDraft.extend({ chatId: id.nullable(), before: savedDraft.optional() })),
  /** Keeps an unfinished edit of a message of this chat, or forgets it. The last one that was kept counts. */
  "chats.saveEdit": call<null>()(z.object({ chatId: id, edit: keptEdit.nullable() })),
  /** Returns the draft of the chat that will be created with the next message, and what was chosen for it. */
  "chats.newDraft": call<NewDraft>()(z.object({})),
  /** Keeps what was chosen for the chat that will be created with the next message. Null: nothing. */
  "chats.saveBeginning": call<null>()(z.object({ beginning: beginningSchema.nullable() })),
  "chats.savePlace": call<null>()(z.object({ chatId: id, place: readingPlaceSchema.nullable() })),
  "chats.configure": call<Chat>()(
    z.object({
      chatId: id,
      thinking: thinkingSchema.optional(),
      systemPrompt: z.string().max(100_000).optional(),
      replySettings: replySettingsChangeSchema.optional(),
      modelId: id.nullable().optional(),
      /** Only null can be set: all messages are sent again. */
      promptFrom: z.null().optional(),
      searchesFolder: z.boolean().optional(),
    }),
  ),
  /**
   * Stores the user's message, clears the draft and starts a run. `from` is the draft that is sent: what another window
   * has added to it since stays. `attachmentIds` are the documents of the draft that it gets. Rejects with
   * `documents-too-long` if it does not fit into the context with them, which may load the model; nothing is stored then.
   */
  "chats.send": call<BegunRun>()(sentMessageSchema),
  /**
   * Starts a run that writes another version of this reply, or a reply to this user message. `modelId` is the model for
   * this reply only; null stands for the chat's model.
   */
  "chats.regenerate": call<BegunRun>()(z.object({ messageId: id, modelId: id.nullable().default(null) })),
  /** Starts a run that continues a reply which ended early or was edited, and is the last message of its branch. */
  "chats.continue": call<BegunRun>()(z.object({ messageId: id })),
  /** Starts a run with another version of this user message. The earlier version stays. */
  "chats.edit": call<BegunRun>()(z.object({ messageId: id, text: messageText })),
  /**
   * Stores another version of this reply, with this answer or thought, and shows it. Returns it. It is marked as edited
   * and has no figures. The earlier version stays, with the messages below it. With `toContinue`, an answer that was
   * written after the thought is left out, so that `chats.continue` writes on from what was edited.
   */
  "chats.editReply": call<Message>()(keptEdit.extend({ toContinue: z.boolean().optional() })),
  /** Returns one message, also of a branch that is not shown. Rejects with `message-not-found`. */
  "chats.message": call<Message>()(z.object({ messageId: id })),
  /** Returns all branches of a chat, to be drawn as a map. */
  "chats.branches": call<BranchMap>()(z.object({ chatId: id })),
  /** Shows the branch that contains this version. Returns its messages, starting with this version. */
  "chats.selectVersion": call<MessagePage>()(z.object({ messageId: id })),
  /** Creates a chat with a copy of the messages up to this one, and with the settings of its chat. */
  "chats.branch": call<Chat>()(z.object({ messageId: id, title })),
  /**
   * Removes this version of a reply and the messages below it. `chats.restoreReply` undoes this until `chats.purge` of
   * the returned id, or the next start, erases them.
   */
  "chats.deleteReply": call<{ deletionId: string }>()(z.object({ messageId: id })),
  "chats.restoreReply": call<null>()(z.object({ chatId: id, deletionId: id })),
  /**
   * Leaves out as many of the oldest messages from future prompts as half of the context needs, which loads the model.
   * The messages stay in the chat. Rejects with `context-exceeded` if the last question alone is too long.
   */
  "chats.dropOldest": call<Chat>()(z.object({ chatId: id })),
  /**
   * Returns what the model would read if `question` were sent now, with the documents of the draft; an empty one adds
   * nothing. Loads the model. Returns null if it was stopped.
   */
  "chats.nextPrompt": call<NextPrompt | null>()(z.object({ chatId: id, question: messageText })),
  /**
   * Returns how many tokens the prompt of the chat has so far, if its model is loaded and idle, or else null. Loads
   * nothing.
   */
  "chats.countPrompt": call<number | null>()(z.object({ chatId: id })),
  /**
   * Resolves with the model's summary of the chat, which is not stored, or with null if it was cancelled. Sends
   * `chats.summarizing` for each part that the chat is cut into.
   */
  "chats.summarize": call<string | null>()(z.object({ chatId: id })),
  "chats.cancelSummary": call<null>()(z.object({ chatId: id })),
  /**
   * Has the model summarize as many of the oldest messages as half of the context needs. Prompts have the summary in their
   * place; they stay in the chat. Resolves with "cancelled" (see `chats.cancelSummary`), or "notNeeded" if nothing has to be
   * left out. Rejects with `summary-failed`, or with `chat-busy`. Sends `chats.summarizing` and `chats.summarized`.
   */
  "chats.summarizeOldest": call<"done" | "notNeeded" | "cancelled">()(z.object({ chatId: id })),
  /**
   * Changes the summary of this message and those above it, or removes it with null: the messages are sent again then.
   * Rejects with `chat-busy` while a reply is being written, and with `input-invalid` if there is none.
   */
  "chats.editSummary": call<null>()(
    z.object({ messageId: id, text: z.string().trim().min(1).max(mostSummaryChars).nullable() }),
  ),
  ...chatFolderCalls,
};
