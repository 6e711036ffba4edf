import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { contentOrNone, idOrNull, roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";

const threadSchema = z.object({
  id: idOrNull,
  title: textOrNone,
  created: timeOrNull,
  updated: timeOrNull,
  assistants: z
    .array(z.object({ instructions: textOrNone, model: z.object({ id: textOrNone }).nullish().catch(null) }))
    .catch([]),
});
const messageSchema = z.object({
  id: idOrNull,
  role: textOrNone,
  created_at: timeOrNull,
  content: z.unknown().optional().transform(partsOf),
});

/** A message is a list of parts, or in other versions a text. */
function partsOf(content: unknown): { type: string; text: string }[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  if (!Array.isArray(content)) return [];
  return content.map((part: unknown) => {
    const { type } = z.object({ type: textOrNone }).catch({ type: "" }).parse(part);
    return { type, text: contentOrNone.parse([part]).text };
  });
}

/** Reads a thread of Jan: its `thread.json`, and the objects of its `messages.jsonl`. */
export function jan(thread: unknown, lines: readonly unknown[]): ForeignChat | null {
  const parsed = threadSchema.safeParse(thread);
  if (!parsed.success) return null;
  const { id, title, created, updated, assistants } = parsed.data;
  const [assistant] = assistants;
  const model = assistant?.model?.id ?? "";
  let systemPrompt = assistant?.instructions ?? "";
  let leftOut = 0;
  let parentId: string | null = null;
  const messages: ForeignMessage[] = [];
  const parsedLines = lines.flatMap((line) => messageSchema.safeParse(line).data ?? []);
  // Some versions write the newest message first.
  const inOrder = parsedLines.every(({ created_at }) => created_at !== null)
    ? [...parsedLines].sort((one, other) => (one.created_at ?? 0) - (other.created_at ?? 0))
    : parsedLines;
  for (const [index, { id: own, role, created_at, content }] of inOrder.entries()) {
    const texts = content.filter(({ type }) => type === "text").map(({ text }) => text);
    const thoughts = content.filter(({ type }) => type === "reasoning").map(({ text }) => text);
    leftOut += content.length - texts.length - thoughts.length;
    if (role === "system") systemPrompt ||= texts.join("\n\n");
    const message: ForeignMessage = {
      id: own ?? `message ${index}`,
      parentId,
      role: roleOf(role),
      text: texts.join("\n\n"),
      thought: thoughts.join("\n\n") || null,
      at: created_at,
      model: model === "" ? null : model,
    };
    messages.push(message);
    parentId = message.id;
  }
  return {
    id,
    title,
    createdAt: created,
    updatedAt: updated,
    isPinned: false,
    isArchived: false,
    systemPrompt,
    messages,
    lastId: parentId,
    leftOut,
  };
}
