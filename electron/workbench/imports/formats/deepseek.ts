import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, textOrNone, timeOrNull } from "../foreignValues.ts";

const messageSchema = z.object({
  model: idOrNull,
  inserted_at: timeOrNull,
  files: z.array(z.unknown()).nullish().catch([]),
  fragments: z.array(z.object({ type: textOrNone, content: textOrNone })).optional(),
  // Earlier exports
  role: z.string().optional().catch(undefined),
  content: textOrNone,
  reasoning_content: z.string().nullable().catch(null),
});
const nodeSchema = z.object({ parent: idOrNull, message: messageSchema.nullable().catch(null) });
const schema = z.object({
  id: idOrNull,
  title: textOrNone,
  inserted_at: timeOrNull,
  updated_at: timeOrNull,
  mapping: z.record(z.string(), nodeSchema.catch({ parent: null, message: null })),
});

/** Whether a conversation with a tree of messages is DeepSeek's and not ChatGPT's. */
export const isDeepseek = (value: object): boolean => "inserted_at" in value;

/** Reads a conversation of the export of DeepSeek's website. */
export function deepseek(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { id, title, inserted_at, updated_at, mapping } = parsed.data;
  let leftOut = 0;
  const messages = Object.entries(mapping).map(([nodeId, { parent, message }]): ForeignMessage => {
    if (message !== null) leftOut += message.files?.length ?? 0;
    return {
      id: nodeId,
      parentId: parent,
      ...saidIn(message),
      at: message?.inserted_at ?? null,
      model: message?.model ?? null,
    };
  });
  return {
    id,
    title,
    createdAt: inserted_at,
    updatedAt: updated_at,
    isPinned: false,
    isArchived: false,
    systemPrompt: "",
    messages,
    // The file does not say which branch was shown: the newest one.
    lastId: null,
    leftOut,
  };
}

function saidIn(message: z.output<typeof messageSchema> | null): Pick<ForeignMessage, "role" | "text" | "thought"> {
  if (message === null) return { role: "other", text: "", thought: null };
  const { fragments, role, content, reasoning_content } = message;
  if (fragments === undefined) {
    const isUser = role?.toLowerCase() === "user";
    return { role: isUser ? "user" : "assistant", text: content, thought: isUser ? null : reasoning_content };
  }
  const of = (...types: string[]): string =>
    fragments
      .filter(({ type }) => types.includes(type))
      .map((fragment) => fragment.content)
      .join("\n\n");
  const isUser = fragments.some(({ type }) => type === "REQUEST");
  return isUser
    ? { role: "user", text: of("REQUEST"), thought: null }
    : { role: "assistant", text: of("RESPONSE", "ANSWER"), thought: of("THINK") || null };
}
