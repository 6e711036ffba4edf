import type { Chat } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";
import { memoryStart } from "../../contract/memoryStart.ts";
import type { BranchToRead, MessageFiles } from "../chats/storeOperations.ts";
import { fileMessage } from "../documents/fileMessage.ts";

/** In English, which all models read, as the request for a summary is. */
const summaryHeading = "Summary of the earlier part of this conversation, whose messages are left out:";

/**
 * Returns a chat as the engine receives it: a system prompt only if there is one, each question after its documents, and
 * each reply as it was written, after its thought. Thoughts are removed when the prompt is built. Messages before
 * `promptFrom` are left out, and a summary stands in place of those that it is about.
 */
export function promptMessages(
  { systemPrompt, promptFrom }: Pick<Chat, "systemPrompt" | "promptFrom">,
  history: readonly BranchToRead["messages"][number][],
  files: MessageFiles = {},
): PromptMessage[] {
  const messages: PromptMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  const { index, summary } = memoryStart(promptFrom, history);
  if (summary !== null) messages.push({ role: "user", content: `${summaryHeading}\n\n${summary.text}` });
  for (const { id, role, text: said, thought } of history.slice(index)) {
    const text = role === "user" ? fileMessage(files[id] ?? [], said) : said;
    // A reply that ended before its answer began adds nothing to the prompt.
    if (role === "assistant" && text.trim() === "") continue;
    const last = messages.at(-1);
    // Two questions in a row are merged, because many models' templates reject roles that do not alternate.
    if (role === "user" && last?.role === "user") last.content += `\n\n${text}`;
    else messages.push({ role, content: role === "assistant" ? written(thought, text) : text });
  }
  return messages;
}

/**
 * Puts the thought before the answer. An answer that merely begins with `<think>` gets an empty one, because after the
 * closing tag it is not removed as a thought.
 */
function written(thought: string | null, answer: string): string {
  if (thought === null && !answer.trimStart().startsWith("<think>")) return answer;
  return `<think>\n${thought ?? ""}\n</think>${answer}`;
}
