import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";
import { withoutMarks } from "./withoutMarks.ts";

const contentSchema = z
  .object({
    content_type: textOrNone,
    parts: z.array(z.unknown()).catch([]),
    text: textOrNone,
    thoughts: z.array(z.object({ summary: textOrNone, content: textOrNone })).catch([]),
  })
  .catch({ content_type: "", parts: [], text: "", thoughts: [] });
const messageSchema = z.object({
  author: z.object({ role: textOrNone }),
  create_time: timeOrNull,
  content: contentSchema,
  recipient: z.string().catch("all"),
  metadata: z
    .object({ model_slug: idOrNull, is_visually_hidden_from_conversation: z.boolean().catch(false) })
    .catch({ model_slug: null, is_visually_hidden_from_conversation: false }),
});
const nodeSchema = z.object({ parent: idOrNull, message: messageSchema.nullable().catch(null) });
const schema = z.object({
  title: textOrNone,
  create_time: timeOrNull,
  update_time: timeOrNull,
  conversation_id: idOrNull,
  id: idOrNull,
  current_node: idOrNull,
  is_archived: z.boolean().nullish().catch(false),
  mapping: z.record(z.string(), nodeSchema.catch({ parent: null, message: null })),
});

/** Reads a conversation of ChatGPT's export: a tree of messages by their ids. */
export function chatgpt(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { title, create_time, update_time, conversation_id, id, current_node, is_archived, mapping } = parsed.data;
  let leftOut = 0;
  const messages = Object.entries(mapping).map(([nodeId, { parent, message }]): ForeignMessage => {
    const place = { id: nodeId, parentId: parent };
    if (message === null) return { ...place, role: "other", text: "", thought: null, at: null, model: null };
    const { author, recipient, metadata, create_time: at } = message;
    const isShown = !metadata.is_visually_hidden_from_conversation && recipient === "all";
    const role = isShown ? roleOf(author.role) : "other";
    const words = wordsOf(message.content);
    if (role !== "other") leftOut += words.leftOut;
    else if (author.role === "tool" || recipient !== "all") leftOut++;
    return { ...place, role, text: words.text, thought: words.thought, at, model: metadata.model_slug };
  });
  return {
    id: conversation_id ?? id,
    title,
    createdAt: create_time,
    updatedAt: update_time,
    isPinned: false,
    isArchived: is_archived === true,
    systemPrompt: "",
    messages,
    lastId: current_node,
    leftOut,
  };
}

function wordsOf({ content_type, parts, text, thoughts }: z.output<typeof contentSchema>): {
  text: string;
  thought: string | null;
  leftOut: number;
} {
  if (content_type === "thoughts") {
    const lines = thoughts.map(({ summary, content }) => [summary, content].filter((line) => line !== "").join("\n"));
    return { text: "", thought: withoutMarks(lines.join("\n\n")) || null, leftOut: 0 };
  }
  if (["reasoning_recap", "user_editable_context", "model_editable_context"].includes(content_type)) {
    return { text: "", thought: null, leftOut: 0 };
  }
  const texts = parts.map(textOfPart);
  return {
    text: withoutMarks([...texts.filter((part) => part !== null), ...(text === "" ? [] : [text])].join("\n\n")),
    thought: null,
    leftOut: texts.filter((part) => part === null).length,
  };
}

/** Returns null for what is not text. What was spoken is kept as text. */
function textOfPart(part: unknown): string | null {
  if (typeof part === "string") return part;
  const spoken = z.object({ content_type: z.literal("audio_transcription"), text: z.string() }).safeParse(part);
  return spoken.success ? spoken.data.text : null;
}
