import { z } from "zod";
import type { PromptMessage } from "../contract/engineProtocol.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { readTextFile } from "./readText.ts";

const messagesSchema = z.array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.string() }));

/**
 * Reads a conversation: `[{role: "user" | "assistant", content}]`, the last message the user's. A thought in
 * front of an assistant's message is left out where the prompt is built, as of any earlier reply.
 * Throws `messages-invalid`, `prompt-empty`, `text-not-utf8` or `usage`.
 */
export async function readMessages(path: string, signal?: AbortSignal): Promise<PromptMessage[]> {
  const text = await readTextFile(path, signal);
  return signal?.aborted === true ? [] : parseMessages(text);
}

export function parseMessages(text: string): PromptMessage[] {
  const parsed = messagesSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path[0];
    if (typeof at !== "number") throw new WorkbenchError("messages-invalid", { case: "notList" });
    throw new WorkbenchError("messages-invalid", { case: "message", position: at + 1 });
  }
  const last = parsed.data.at(-1);
  if (last === undefined) throw new WorkbenchError("messages-invalid", { case: "empty" });
  if (last.role !== "user") throw new WorkbenchError("messages-invalid", { case: "lastNotUser" });
  if (last.content.trim() === "") throw new WorkbenchError("prompt-empty");
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WorkbenchError("messages-invalid", { case: "notJson" });
  }
}
