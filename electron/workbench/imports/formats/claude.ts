import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, textOrNone, timeOrNull } from "../foreignValues.ts";

const partSchema = z.object({ type: textOrNone, text: textOrNone, thinking: textOrNone });
const messageSchema = z.object({
  uuid: idOrNull,
  parent_message_uuid: idOrNull.optional(),
  sender: textOrNone,
  text: textOrNone,
  content: z.array(partSchema.catch({ type: "", text: "", thinking: "" })).catch([]),
  created_at: timeOrNull,
  attachments: z.array(z.object({ file_name: textOrNone, extracted_content: textOrNone })).catch([]),
  files: z.array(z.unknown()).catch([]),
});
const schema = z.object({
  uuid: idOrNull,
  name: textOrNone,
  created_at: timeOrNull,
  updated_at: timeOrNull,
  chat_messages: z.array(messageSchema.nullable().catch(null)),
});

/** Notes of the app to itself, which nobody sees. */
const notes = ["token_budget", "redacted_thinking", "flag"];

/** Reads a conversation of Claude's export. Texts of attachments become part of the message. */
export function claude(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { uuid, name, created_at, updated_at, chat_messages } = parsed.data;
  let leftOut = 0;
  let before: string | null = null;
  const ids = new Set(chat_messages.map((message) => message?.uuid ?? null));
  const messages = chat_messages.flatMap((message, index): ForeignMessage[] => {
    if (message === null) return [];
    const { sender, content, attachments, files, parent_message_uuid: named = null } = message;
    const id = message.uuid ?? `message ${index}`;
    // The first message of a branch names a parent that is not in the file.
    const parentId = named !== null && ids.has(named) ? named : named === null ? before : null;
    before = id;
    const texts = content.filter(({ type }) => type === "text").map(({ text }) => text);
    const thoughts = content.filter(({ type }) => type === "thinking").map(({ thinking }) => thinking);
    const attached = attachments.filter(({ extracted_content }) => extracted_content !== "");
    leftOut +=
      files.length +
      attachments.length -
      attached.length +
      content.filter(({ type }) => !["text", "thinking", ...notes].includes(type)).length;
    const said = texts.length > 0 ? texts.join("\n\n") : message.text;
    return [
      {
        id,
        parentId,
        role: sender === "human" ? "user" : sender === "assistant" ? "assistant" : "other",
        text: [said, ...attached.map((file) => `${file.file_name}\n\n${file.extracted_content}`)].join("\n\n").trim(),
        thought: thoughts.join("\n\n") || null,
        at: message.created_at,
        model: null,
      },
    ];
  });
  return {
    id: uuid,
    title: name,
    createdAt: created_at,
    updatedAt: updated_at,
    isPinned: false,
    isArchived: false,
    systemPrompt: "",
    messages,
    lastId: messages.at(-1)?.id ?? null,
    leftOut,
  };
}
