import type { Message } from "../../contract/chats.ts";
import type { PromptMessage } from "../../contract/engineProtocol.ts";

/** A chat as the model is fed it: a system prompt only if there is one, answers without their thoughts. */
export function promptMessages(systemPrompt: string, history: readonly Message[]): PromptMessage[] {
  const system: PromptMessage[] = systemPrompt.trim() === "" ? [] : [{ role: "system", content: systemPrompt }];
  // A reply that ended before its answer began has nothing to feed back.
  const turns = history.filter(({ role, text }) => role === "user" || text.trim() !== "");
  return [...system, ...turns.map(({ role, text }): PromptMessage => ({ role, content: text }))];
}
