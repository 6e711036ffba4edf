import type { BranchToRead, MessageFiles } from "../chats/storeOperations.ts";
import { cutAt } from "../cutAt.ts";
import { fileMessage } from "../documents/fileMessage.ts";

const speakers = { user: "User", assistant: "Assistant" } as const;

/**
 * Returns messages as a model reads them to summarize them: without thoughts, each question after its documents, and all
 * after the summary of those before them, if there is one.
 */
export function transcript(
  messages: BranchToRead["messages"],
  files: MessageFiles = {},
  summary: string | null = null,
): string {
  const said = messages
    .map(({ id, role, text }) => [role, role === "user" ? fileMessage(files[id] ?? [], text) : text] as const)
    .filter(([, text]) => text.trim() !== "")
    .map(([role, text]) => `${speakers[role]}: ${text.trim()}`);
  return [...(summary === null ? [] : [`Summary of what came before: ${summary}`]), ...said].join("\n\n");
}

/** Returns the question to the model. In English, which all models read; the summary is in the chat's language. */
export function summaryRequest(summarySoFar: string, part: string): string {
  return [
    "Summarize the conversation below, so that it can be continued from the summary alone. Keep facts, numbers, names, decisions, code that is still needed and open questions. Write only the summary, in the language of the conversation.",
    ...(summarySoFar === "" ? [] : [`Summary of what came before:\n\n${summarySoFar}`]),
    `Conversation:\n\n${part}`,
  ].join("\n\n");
}

/** Cuts a transcript into parts of at most this many characters, at the end of a message, a line or a word if possible. */
export function cutTranscript(text: string, mostChars: number): string[] {
  const most = Math.max(100, mostChars);
  const parts: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const window = rest.slice(0, most);
    const at = ["\n\n", "\n", " "].map((end) => window.lastIndexOf(end)).find((end) => end > most / 2) ?? most;
    const part = cutAt(rest, 0, at);
    parts.push(part.trim());
    rest = rest.slice(part.length).trimStart();
  }
  return [...parts, rest].filter((part) => part !== "");
}
