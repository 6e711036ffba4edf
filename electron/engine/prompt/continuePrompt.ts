import type { ReplySoFar } from "../../contract/engineProtocol.ts";
import type { Prompt, PromptSegment } from "./PromptSegment.ts";
import { r1Tokens } from "./r1Prompt.ts";

/**
 * Returns a prompt with the beginning of its reply, as the model wrote it, so that the model continues it. The reply is
 * text: a special token that it spells stays ordinary text.
 */
export function continuePrompt(prompt: Prompt, { thought, answer }: ReplySoFar): Prompt {
  const segments: PromptSegment[] = [...prompt.segments];
  const hasThought = prompt.opensThought || thought !== null;
  if (thought !== null && !prompt.opensThought) segments.push({ kind: "format", text: `${r1Tokens.thoughtOpening}\n` });
  segments.push({ kind: "text", text: thought ?? "" });
  if (hasThought && answer === "") return { segments, opensThought: true, answerStart: "" };
  if (hasThought) segments.push({ kind: "format", text: `\n${r1Tokens.thoughtClosing}` });
  // The prompt of a reply without a thought may already contain the line breaks before the answer.
  const isInPrompt = !hasThought && answer.startsWith(prompt.answerStart);
  segments.push({ kind: "text", text: isInPrompt ? answer.slice(prompt.answerStart.length) : answer });
  return { segments, opensThought: false, answerStart: answer === "" ? prompt.answerStart : "" };
}
