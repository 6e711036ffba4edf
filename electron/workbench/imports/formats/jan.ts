import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";

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
  content: z
    .array(
      z
        .object({ type: textOrNone, text: z.object({ value: textOrNone }).nullish().catch(null) })
        .catch({ type: "", text: null }),
    )
    .catch([]),
});

/** Reads a thread of Jan: its `thread.json`, and the objects of its `messages.jsonl`. */
export function jan(thread: unknown, lines: readonly unknown[]): ForeignChat | null {
  const parsed = threadSchema.safeParse(thread);
  if (!parsed.success) return null;
  const { id, title, created, updated, assistants } = parsed.data;
  const [assistant] = assistants;
  const model = assistant?.model?.id ?? "";
  let leftOut = 0;
  let parentId: string | null = null;
  const messages: ForeignMessage[] = [];
  const parsedLines = lines.flatMap((line) => messageSchema.safeParse(line).data ?? []);
  // Some versions write the newest message first.
  const inOrder = parsedLines.every(({ created_at }) => created_at !== null)
    ? [...parsedLines].sort((one, other) => (one.created_at ?? 0) - (other.created_at ?? 0))
    : parsedLines;
  for (const [index, { id: own, role, created_at, content }] of inOrder.entries()) {
    const texts = content.filter(({ type }) => type === "text").map(({ text }) => text?.value ?? "");
    const thoughts = content.filter(({ type }) => type === "reasoning").map(({ text }) => text?.value ?? "");
    leftOut += content.length - texts.length - thoughts.length;
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
    systemPrompt: assistant?.instructions ?? "",
    messages,
    lastId: parentId,
    leftOut,
  };
}
