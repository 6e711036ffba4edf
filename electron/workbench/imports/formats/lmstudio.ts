import { z } from "zod";
import type { ForeignChat, ForeignMessage } from "../ForeignChat.ts";
import { roleOf, textOrNone, timeOrNull } from "../foreignValues.ts";

const partSchema = z.object({ type: textOrNone, text: textOrNone }).catch({ type: "", text: "" });
const stepSchema = z
  .object({
    type: textOrNone,
    content: z.array(partSchema).catch([]),
    style: z.object({ type: textOrNone }).nullish().catch(null),
  })
  .catch({ type: "", content: [], style: null });
const versionSchema = z.object({
  type: textOrNone,
  role: textOrNone,
  content: z.array(partSchema).catch([]),
  steps: z.array(stepSchema).catch([]),
  senderInfo: z.object({ senderName: textOrNone }).nullish().catch(null),
});
const schema = z.object({
  name: textOrNone,
  createdAt: timeOrNull,
  pinned: z.boolean().catch(false),
  systemPrompt: textOrNone,
  messages: z.array(
    z
      .object({ versions: z.array(versionSchema.nullable().catch(null)), currentlySelected: z.number().int().catch(0) })
      .nullable()
      .catch(null),
  ),
});

/** Reads a conversation file of LM Studio: a list of messages, each with versions of which one is shown. */
export function lmstudio(value: unknown): ForeignChat | null {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return null;
  const { name, createdAt, pinned, systemPrompt } = parsed.data;
  const messages: ForeignMessage[] = [];
  let leftOut = 0;
  let parentId: string | null = null;
  for (const [index, message] of parsed.data.messages.entries()) {
    if (message === null) continue;
    const { versions, currentlySelected } = message;
    const above: string | null = parentId;
    for (const [number, version] of versions.entries()) {
      if (version === null) continue;
      const id = `${index}.${number}`;
      const said = saidIn(version);
      leftOut += said.leftOut;
      const role = roleOf(version.role);
      const model = version.senderInfo?.senderName ?? "";
      messages.push({ id, parentId: above, role, ...said, at: null, model: model === "" ? null : model });
      // What follows was written after the version that is shown.
      if (number === currentlySelected || parentId === above) parentId = id;
    }
  }
  return {
    // The file has no id of its own.
    id: null,
    title: name,
    createdAt,
    updatedAt: null,
    isPinned: pinned,
    isArchived: false,
    systemPrompt,
    messages,
    lastId: parentId,
    leftOut,
  };
}

function saidIn({ content, steps }: z.output<typeof versionSchema>): {
  text: string;
  thought: string | null;
  leftOut: number;
} {
  const texts = (parts: z.output<typeof partSchema>[]): string =>
    parts
      .filter(({ type }) => type === "text")
      .map(({ text }) => text)
      .join("\n\n");
  const blocks = steps.filter(({ type }) => type === "contentBlock");
  const isThought = ({ style }: z.output<typeof stepSchema>): boolean => style?.type === "thinking";
  const all = [...content, ...blocks.flatMap((step) => step.content)];
  return {
    text: [texts(content), ...blocks.filter((step) => !isThought(step)).map((step) => texts(step.content))]
      .filter((text) => text !== "")
      .join("\n\n"),
    thought:
      blocks
        .filter(isThought)
        .map((step) => texts(step.content))
        .join("\n\n")
        .trim() || null,
    leftOut: all.filter(({ type }) => type !== "text").length,
  };
}
