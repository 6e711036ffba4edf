import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import type { Prompt, PromptSegment } from "./PromptSegment.ts";
import { removeThought } from "../../contract/removeThought.ts";

/** The spellings of DeepSeek-R1's special tokens (the bars and blanks are not ASCII). */
export const r1Tokens = {
  user: "<｜User｜>",
  assistant: "<｜Assistant｜>",
  endOfSentence: "<｜end▁of▁sentence｜>",
  thoughtOpening: "<think>",
  thoughtClosing: "</think>",
} as const;

/** How the reply begins. DeepSeek recommends forcing `<think>\n` for R1. */
const replyOpenings: Record<PromptParams["thinking"], string> = {
  on: "<think>\n",
  auto: "",
  off: "<think>\n\n</think>\n\n",
};

const format = (text: string): PromptSegment => ({ kind: "format", text });
const text = (content: string): PromptSegment => ({ kind: "text", text: content });

function turn(message: PromptMessage): PromptSegment[] {
  switch (message.role) {
    case "system":
      return [];
    case "user":
      return [format(r1Tokens.user), text(message.content)];
    case "assistant":
      return [format(r1Tokens.assistant), text(removeThought(message.content)), format(r1Tokens.endOfSentence)];
  }
}

/**
 * DeepSeek-R1's prompt format, as its chat template writes it:
 *
 *   BOS system ｜User｜ question ｜Assistant｜ answer ｜end▁of▁sentence｜ … ｜Assistant｜ <think>\n
 *
 * Source: `chat_template` in the tokenizer_config.json of the DeepSeek-R1 releases.
 */
export function r1Prompt({ messages, thinking }: PromptParams): Prompt {
  const system = messages.findLast((message) => message.role === "system")?.content ?? "";
  return {
    segments: [
      { kind: "bos" },
      text(system),
      ...messages.flatMap(turn),
      format(r1Tokens.assistant + replyOpenings[thinking]),
    ],
    opensThought: thinking === "on",
    // Part of the answer, because the template keeps it when the reply becomes an earlier turn.
    answerStart: removeThought(replyOpenings[thinking]),
  };
}
