import type { Message } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";

/**
 * A chat as the engine is told it: a system prompt only if there is one, and each reply as it was written, its
 * thought in front. The thoughts are left out where the prompt is built.
 */
export function promptMessages(systemPrompt: string, history: readonly Message[]): PromptMessage[] {
  const messages: PromptMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  for (const { role, text, thought } of history) {
    // A reply that ended before its answer began has nothing to feed back.
    if (role === "assistant" && text.trim() === "") continue;
    const last = messages.at(-1);
    // Two questions in a row become one: many models' templates refuse roles that do not alternate.
    if (role === "user" && last?.role === "user") last.content += `\n\n${text}`;
    else messages.push({ role, content: role === "assistant" ? written(thought, text) : text });
  }
  return messages;
}

/** Without a thought of its own, an answer that merely spells `<think>` would lose what follows it. */
function written(thought: string | null, answer: string): string {
  return thought === null ? answer : `<think>\n${thought}\n</think>${answer}`;
}
