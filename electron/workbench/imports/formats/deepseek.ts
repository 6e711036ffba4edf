import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { idOrNull, textOrNone, timeOrNull } from "../foreignValues.ts";

const messageSchema = z.object({
  model: idOrNull,
  inserted_at: timeOrNull,
  files: z.array(z.unknown()).nullish().catch([]),
  fragments: z
    .array(z.object({ type: textOrNone, content: textOrNone }).catch({ type: "", content: "" }))
    .nullish()
    .catch(null),
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
export function isDeepseek(value: object): boolean {
  if ("inserted_at" in value) return true;
  const { data = {} } = z.record(z.string(), z.unknown()).safeParse((value as { mapping?: unknown }).mapping);
  const hasFragments = z.object({ message: z.object({ fragments: z.array(z.unknown()) }) });
  return Object.values(data).some((node) => hasFragments.safeParse(node).success);
}

/** Reads a conversation of the export of DeepSeek's website. */
export function deepseek(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { id, title, inserted_at, updated_at, mapping } = parsed.data;
  let leftOut = 0;
  const messages = Object.entries(mapping).map(([nodeId, { parent, message }]): ForeignMessage => {
    const { leftOut: parts, ...said } = saidIn(message);
    leftOut += parts;
    return {
      id: nodeId,
      parentId: parent,
      ...said,
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

/** What was asked, thought and answered; the others are searches, and pages that were read. */
const asked = /REQUEST$/;
const thought = /THINK$/;
const answered = /(RESPONSE|ANSWER)$/;

interface Said extends Pick<ForeignMessage, "role" | "text" | "thought"> {
  leftOut: number;
}

function saidIn(message: z.output<typeof messageSchema> | null): Said {
  if (message === null) return { role: "other", text: "", thought: null, leftOut: 0 };
  const { role, content, reasoning_content } = message;
  const fragments = message.fragments ?? [];
  const files = message.files?.length ?? 0;
  const named = role?.toLowerCase() === "user";
  if (fragments.length === 0) {
    const said = { text: content, thought: named ? null : reasoning_content, leftOut: files };
    return { role: named ? "user" : "assistant", ...said };
  }
  const of = (kind: RegExp): string =>
    fragments
      .filter(({ type }) => kind.test(type))
      .map((fragment) => fragment.content)
      .join("\n\n");
  const others = fragments.filter(({ type }) => ![asked, thought, answered].some((kind) => kind.test(type)));
  const leftOut = files + others.length;
  const isUser = named || fragments.some(({ type }) => asked.test(type));
  return isUser
    ? { role: "user", text: of(asked), thought: null, leftOut }
    : { role: "assistant", text: of(answered), thought: of(thought) || null, leftOut };
}
