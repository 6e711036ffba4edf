import { z } from "zod";
import type { PromptMessage } from "../contract/engineProtocol.ts";
import { WorkbenchError } from "../contract/errors.ts";
import { readTextFile } from "./readText.ts";

const messagesSchema = z.array(z.strictObject({ role: z.enum(["user", "assistant"]), content: z.string() }));

/** The command of `r1` that reads the messages, for its help. */
type Reader = "chat" | "prompt";

/**
 * Reads a conversation: `[{role: "user" | "assistant", content}]`, the last message the user's. A thought in
 * front of an assistant's message is left out where the prompt is built, as of any earlier reply.
 * Throws `messages-invalid`, `prompt-empty`, `text-not-utf8` or `usage`.
 */
export async function readMessages(path: string, command: Reader, signal?: AbortSignal): Promise<PromptMessage[]> {
  const text = await readTextFile(path, signal);
  return signal?.aborted === true ? [] : parseMessages(text, command);
}

export function parseMessages(text: string, command: Reader = "chat"): PromptMessage[] {
  const parsed = messagesSchema.safeParse(parseJson(text, command));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path[0];
    if (typeof at !== "number") throw new WorkbenchError("messages-invalid", { command, case: "notList" });
    throw new WorkbenchError("messages-invalid", { command, case: "message", position: at + 1 });
  }
  const last = parsed.data.at(-1);
  if (last === undefined) throw new WorkbenchError("messages-invalid", { command, case: "empty" });
  if (last.role !== "user") throw new WorkbenchError("messages-invalid", { command, case: "lastNotUser" });
  if (last.content.trim() === "") throw new WorkbenchError("prompt-empty");
  return parsed.data;
}

function parseJson(text: string, command: Reader): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WorkbenchError("messages-invalid", { command, case: "notJson" });
  }
}
