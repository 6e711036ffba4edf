import { createHash } from "node:crypto";
import { maxMessageChars } from "../../contract/maxMessageChars.ts";
import type { ImportSource } from "../../contract/imports.ts";
import { chatTitle } from "../chats/chatTitle.ts";
import type { ChatRecord, MessageRecord } from "../exports/chatFile.ts";
import type { ForeignChat, ForeignMessage } from "./ForeignChat.ts";
import { importLimits } from "./importLimits.ts";
import type { Incoming } from "./Incoming.ts";
import { splitThought } from "./splitThought.ts";

const mostTitleChars = 200;
const mostPromptChars = 100_000;

/**
 * Returns a chat of another app as records of ours. Its ids follow from those of the other app, so that the same chat is
 * recognized when it is imported again. Messages without a known parent begin the chat, or continue it; of a circle, the
 * first one does.
 */
export function recordsOf(source: ImportSource, foreign: ForeignChat): Incoming[] {
  if (foreign.messages.length > importLimits.foreignMessages) {
    return [{ type: "skipped", reason: "tooLarge", isBegun: false }];
  }
  const placed = placedMessages(foreign);
  if (placed.length === 0) return [{ type: "skipped", reason: "empty", isBegun: false }];
  if (placed.some(({ text, thought }) => text.length + (thought?.length ?? 0) > maxMessageChars)) {
    return [{ type: "skipped", reason: "tooLarge", isBegun: false }];
  }
  const key = foreign.id ?? JSON.stringify([foreign.title, foreign.createdAt, placed[0]?.text.slice(0, 1000)]);
  const chatId = idFrom(source, key);
  const idOf = (message: ForeignMessage): string => idFrom(source, key, message.id);
  const times = placed.flatMap(({ at }) => at ?? []);
  const createdAt = foreign.createdAt ?? times[0] ?? foreign.updatedAt ?? Date.now();
  const updatedAt = foreign.updatedAt ?? times.reduce((latest, time) => Math.max(latest, time), createdAt);
  const named = chatTitle(foreign.title).slice(0, mostTitleChars);
  const title = named === "" ? chatTitle(placed.find(({ role }) => role === "user")?.text ?? "") : named;
  let at = createdAt;
  const messages = placed.map((message): MessageRecord => {
    at = message.at ?? at;
    const model = message.model?.slice(0, 200) ?? null;
    return {
      type: "message",
      id: idOf(message),
      parentId: message.parent === null ? null : idOf(message.parent),
      role: message.role === "user" ? "user" : "assistant",
      createdAt: at,
      text: message.text,
      thought: message.thought,
      state: "done",
      // An id that no model here has: these replies were written elsewhere.
      model: message.role === "user" || model === null ? null : { id: `${source}:${model}`, name: model },
      stats: null,
      problem: null,
    };
  });
  const last = placed.find(({ stands }) => foreign.lastId !== null && stands.includes(foreign.lastId));
  const chat: ChatRecord = {
    type: "chat",
    id: chatId,
    title,
    titledBy: named === "" ? (title === "" ? "nobody" : "message") : "user",
    createdAt,
    updatedAt,
    pinned: foreign.isPinned,
    thinking: "on",
    systemPrompt: foreign.systemPrompt.slice(0, mostPromptChars),
    replySettings: null,
    modelId: null,
    leafId: last === undefined ? (messages.at(-1)?.id ?? null) : idOf(last),
    promptFrom: null,
    place: null,
    draft: "",
    pasted: null,
    edit: null,
    searchesFolder: true,
    archived: foreign.isArchived,
    folder: null,
  };
  return [chat, ...messages, ...(foreign.leftOut > 0 ? [{ type: "leftOut", count: foreign.leftOut } as const] : [])];
}

interface Placed extends ForeignMessage {
  parent: Placed | null;
  /** The ids of the messages of the other app that it stands for. */
  stands: string[];
}

interface Step {
  message: ForeignMessage;
  parent: Placed | null;
  /** Whether it is the only one that follows its parent. */
  isOnly: boolean;
}

/** Returns the messages that have words, each after its parent. Replies that follow each other become one. */
function placedMessages({ messages }: ForeignChat): Placed[] {
  const byId = new Map<string, ForeignMessage>();
  for (const message of messages) if (!byId.has(message.id)) byId.set(message.id, message);
  const children = new Map<string, ForeignMessage[]>();
  const roots: ForeignMessage[] = [];
  for (const message of byId.values()) {
    const { id, parentId } = message;
    if (parentId === null || parentId === id || !byId.has(parentId)) roots.push(message);
    else {
      const siblings = children.get(parentId);
      if (siblings === undefined) children.set(parentId, [message]);
      else siblings.push(message);
    }
  }
  const placed: Placed[] = [];
  const seen = new Set<string>();
  // Those in circles are not below any root.
  for (const root of [...roots, ...byId.values()]) {
    const steps: Step[] = [{ message: root, parent: null, isOnly: false }];
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      const { message, parent, isOnly } = step;
      if (seen.has(message.id)) continue;
      seen.add(message.id);
      const below = children.get(message.id) ?? [];
      const next = place(message, parent, isOnly, placed);
      const staysOnly = (next === parent ? isOnly : true) && below.length === 1;
      for (const child of [...below].reverse()) steps.push({ message: child, parent: next, isOnly: staysOnly });
    }
  }
  return placed;
}

/** Adds a message, or its words to the reply above it. Returns the message that what follows it is below. */
function place(message: ForeignMessage, parent: Placed | null, isOnly: boolean, placed: Placed[]): Placed | null {
  const { role } = message;
  const { thought: split, text } =
    role === "assistant" && message.thought === null
      ? splitThought(message.text)
      : { thought: null, text: message.text };
  const thought = message.thought ?? split;
  if (role === "other" || (text.trim() === "" && thought === null)) {
    parent?.stands.push(message.id);
    return parent;
  }
  if (role === "assistant" && parent?.role === "assistant" && isOnly) {
    parent.text = joined(parent.text, text) ?? "";
    parent.thought = joined(parent.thought, thought);
    parent.model ??= message.model;
    parent.stands.push(message.id);
    return parent;
  }
  const added: Placed = { ...message, text, thought, parent, stands: [message.id] };
  placed.push(added);
  return added;
}

function joined(one: string | null, other: string | null): string | null {
  if (one === null || one.trim() === "") return other;
  return other === null || other.trim() === "" ? one : `${one}\n\n${other}`;
}

/** Returns an id in the form of a UUID, the same one for the same parts. */
function idFrom(...parts: string[]): string {
  const digits = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  const at = (from: number, to: number): string => digits.slice(from, to);
  return `${at(0, 8)}-${at(8, 12)}-8${at(13, 16)}-a${at(17, 20)}-${at(20, 32)}`;
}
