import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { contentOrNone, idOrNull, roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";

const messageSchema = z.object({
  parentId: idOrNull.optional(),
  role: textOrNone,
  content: contentOrNone,
  timestamp: timeOrNull,
  model: idOrNull.optional(),
  modelName: idOrNull.optional(),
  files: z.array(z.unknown()).nullish().catch([]),
});
const schema = z.object({
  id: idOrNull.optional(),
  title: textOrNone,
  pinned: z.boolean().nullish().catch(false),
  archived: z.boolean().nullish().catch(false),
  created_at: timeOrNull,
  updated_at: timeOrNull,
  chat: z.object({
    title: textOrNone,
    system: z.string().nullish().catch(null),
    timestamp: timeOrNull,
    history: z
      .object({ messages: z.record(z.string(), messageSchema.nullable().catch(null)), currentId: idOrNull })
      .nullish()
      .catch(null),
    // Earlier versions, and programs that write chats for it, have a list instead.
    messages: z.array(messageSchema.nullable().catch(null)).catch([]),
  }),
});

const details = /^[ \t]*<details type="(reasoning|tool_calls|code_interpreter)"/gm;
const detailsEnd = "</details>";

/** Reads a chat of Open WebUI's export: a tree of messages by their ids. */
export function openwebui(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { id = null, title, pinned, archived, created_at, updated_at, chat } = parsed.data;
  const listed = chat.messages
    .filter((message) => message !== null)
    .map((message, index): [string, typeof message] => [
      `${index}`,
      { ...message, parentId: index === 0 ? null : `${index - 1}` },
    ]);
  const tree = Object.entries(chat.history?.messages ?? {});
  const entries = tree.length > 0 ? tree : listed;
  let leftOut = 0;
  let systemPrompt = chat.system ?? "";
  const messages = entries.map(([messageId, message]): ForeignMessage => {
    const { parentId = null, role = "other", content, timestamp = null, model, modelName, files } = message ?? {};
    const { text = "", leftOut: parts = 0 } = content ?? {};
    const said = role === "assistant" ? withoutDetails(text) : { text, thought: null, leftOut: 0 };
    leftOut += (files?.length ?? 0) + parts + said.leftOut;
    if (role === "system") systemPrompt ||= text;
    return {
      id: messageId,
      parentId,
      role: roleOf(role),
      text: said.text,
      thought: said.thought,
      at: timestamp,
      model: modelName ?? model ?? null,
    };
  });
  return {
    id,
    title: title === "" ? chat.title : title,
    createdAt: created_at ?? chat.timestamp,
    updatedAt: updated_at,
    isPinned: pinned === true,
    isArchived: archived === true,
    systemPrompt,
    messages,
    lastId: (tree.length > 0 ? chat.history?.currentId : null) ?? listed.at(-1)?.[0] ?? null,
    leftOut,
  };
}

/**
 * Open WebUI keeps thoughts as quoted text within HTML elements of the reply, and calls of tools in others. Only those
 * that begin a line are its own.
 */
function withoutDetails(content: string): { text: string; thought: string | null; leftOut: number } {
  const thoughts: string[] = [];
  let text = "";
  let leftOut = 0;
  let at = 0;
  for (const { index, 1: type } of content.matchAll(details)) {
    // Nothing is searched twice: a hostile file has millions of them.
    if (index < at) continue;
    const end = content.indexOf(detailsEnd, index);
    if (end === -1) break;
    text += content.slice(at, index);
    at = end + detailsEnd.length;
    if (type === "reasoning") thoughts.push(quotedIn(content.slice(content.indexOf(">", index) + 1, end)));
    else leftOut++;
  }
  const thought = thoughts.filter((each) => each !== "").join("\n\n");
  text += content.slice(at);
  return { text: at === 0 ? text : text.trim(), thought: thought === "" ? null : thought, leftOut };
}

function quotedIn(element: string): string {
  const inner = element.replace(/^\s*<summary>[^<]*<\/summary>\s*/, "");
  const lines = inner.split("\n").map((line) => line.replace(/^(&gt;|>) ?/, ""));
  return unescaped(lines.join("\n")).trim();
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
