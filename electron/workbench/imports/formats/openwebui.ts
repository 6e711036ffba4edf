import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";

const messageSchema = z.object({
  parentId: idOrNull.optional(),
  role: textOrNone,
  content: textOrNone,
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
    history: z.object({ messages: z.record(z.string(), messageSchema.nullable().catch(null)), currentId: idOrNull }),
  }),
});

const details = '<details type="reasoning"';
const detailsEnd = "</details>";

/** Reads a chat of Open WebUI's export: a tree of messages by their ids. */
export function openwebui(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { id = null, title, pinned, archived, created_at, updated_at, chat } = parsed.data;
  let leftOut = 0;
  const messages = Object.entries(chat.history.messages).map(([messageId, message]): ForeignMessage => {
    const { parentId = null, role = "other", content = "", timestamp = null, model, modelName, files } = message ?? {};
    leftOut += files?.length ?? 0;
    return {
      id: messageId,
      parentId,
      role: roleOf(role),
      ...(role === "assistant" ? withoutDetails(content) : { text: content, thought: null }),
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
    systemPrompt: chat.system ?? "",
    messages,
    lastId: chat.history.currentId,
    leftOut,
  };
}

/** Open WebUI keeps a thought as quoted text within an HTML element at the beginning of the reply. */
function withoutDetails(content: string): { text: string; thought: string | null } {
  const start = content.trimStart();
  const end = start.indexOf(detailsEnd);
  if (!start.startsWith(details) || end === -1) return { text: content, thought: null };
  const inner = start.slice(start.indexOf(">") + 1, end).replace(/^\s*<summary>[^<]*<\/summary>\s*/, "");
  const lines = inner.split("\n").map((line) => line.replace(/^(&gt;|>) ?/, ""));
  const thought = unescaped(lines.join("\n")).trim();
  return { text: start.slice(end + detailsEnd.length).trimStart(), thought: thought === "" ? null : thought };
}

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
