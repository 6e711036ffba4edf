import { Template } from "@huggingface/jinja";
import { WorkbenchError } from "../../contract/errors.ts";
import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import type { Prompt, PromptSegment } from "./PromptSegment.ts";
import { removeThought } from "./removeThought.ts";

/** Real templates are a few KB; a template is a program written by a stranger. */
const maxTemplateBytes = 64 * 1024;

export interface TemplateTokens {
  bos: string;
  eos: string;
}

/** Stands for one message's content while the template runs: letters no template tests for. */
const sentinel = (index: number): string => `\uE000message ${index}\uE001`;
const sentinelPattern = /\uE000message (\d+)\uE001/;

/**
 * A model's own chat template, rendered with each message replaced by a stand-in, so that the template's
 * text and the messages' text stay apart. Templates that trim contents get them trimmed. Where a template
 * does more with a content (it cuts or rewrites it), its frame is kept and the content goes in unchanged:
 * a message is never read as tokens. Throws `model-template-failed`, also when a message would be lost.
 */
export function templatePrompt(source: string, tokens: TemplateTokens, params: PromptParams): Prompt {
  if (Buffer.byteLength(source) > maxTemplateBytes) {
    throw failure(`The model's chat template is larger than ${maxTemplateBytes / 1024} KB.`);
  }
  const messages = params.messages.map((message) =>
    message.role === "assistant" ? { ...message, content: removeThought(message.content) } : message,
  );
  const render = renderer(source, tokens, params.thinking);
  const frame = render(messages.map((message, index) => ({ ...message, content: sentinel(index) })));
  const real = render(messages);
  const trimmed = messages.map((message) => ({ ...message, content: message.content.trim() }));
  const chosen = fill(frame, messages) !== real && fill(frame, trimmed) === real ? trimmed : messages;
  for (const [index, { content }] of chosen.entries()) {
    const lost = content.trim() !== "" && !frame.includes(sentinel(index)) && real.includes(content.trim());
    if (lost) throw failure("The model's chat template rewrites messages in a way that cannot be followed safely.");
  }
  return { segments: split(frame, chosen, tokens.bos), opensThought: /<think>\s*$/.test(frame) };
}

function renderer(source: string, tokens: TemplateTokens, thinking: PromptParams["thinking"]) {
  return (messages: PromptMessage[]): string => {
    try {
      return new Template(source).render({
        messages,
        add_generation_prompt: true,
        bos_token: tokens.bos,
        eos_token: tokens.eos,
        // Templates test whether this is defined: "auto" leaves the choice to them.
        ...(thinking === "auto" ? {} : { enable_thinking: thinking === "on" }),
      });
    } catch (error) {
      throw failure(
        "The model's chat template could not be used with these messages.",
        error instanceof Error ? error.message : String(error),
      );
    }
  };
}

function fill(frame: string, messages: PromptMessage[]): string {
  return frame
    .split(sentinelPattern)
    .map((part, index) => (index % 2 === 0 ? part : (messages[Number(part)]?.content ?? "")))
    .join("");
}

function split(frame: string, messages: PromptMessage[], bos: string): PromptSegment[] {
  // The template may write the BOS itself; it is taken off, so that exactly one is added.
  const body = bos !== "" && frame.startsWith(bos) ? frame.slice(bos.length) : frame;
  const parts = body.split(sentinelPattern).map((part, index): PromptSegment => {
    if (index % 2 === 0) return { kind: "format", text: part };
    return { kind: "text", text: messages[Number(part)]?.content ?? "" };
  });
  return [{ kind: "bos" }, ...parts];
}

function failure(message: string, detail?: string): WorkbenchError {
  return new WorkbenchError("model-template-failed", message, detail?.slice(0, 500));
}
