import type { Message } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";

/** A chat as the model is fed it: a system prompt only if there is one, answers without their thoughts. */
export function promptMessages(systemPrompt: string, history: readonly Message[]): PromptMessage[] {
  const messages: PromptMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  for (const { role, text } of history) {
    // A reply that ended before its answer began has nothing to feed back.
    if (role === "assistant" && text.trim() === "") continue;
    const last = messages.at(-1);
    // Two questions in a row become one: many models' templates refuse roles that do not alternate.
    if (role === "user" && last?.role === "user") last.content += `\n\n${text}`;
    else messages.push({ role, content: text });
  }
  return messages;
}
