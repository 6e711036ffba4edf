import { type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import { followContents } from "./followContents.ts";
import { parseTemplate } from "./parseTemplate.ts";
import type { Prompt, PromptSegment } from "./PromptSegment.ts";
import { removeThought } from "../../contract/removeThought.ts";
import { renderTemplate, TemplateRefusal } from "./renderTemplate.ts";
import { strftime } from "./strftime.ts";

/** Real templates take a few KB. A template is a program from an untrusted source. */
const maxTemplateBytes = 64 * 1024;

export interface TemplateTokens {
  bos: string;
  eos: string;
}

/** Placeholder for a message's content while the template runs, with characters that no template tests for. */
const sentinel = (index: number): string => `\uE000message ${index}\uE001`;
const sentinelPattern = /\uE000message (\d+)\uE001/;

/** The result of one rendering: the texts around the messages, and the messages as they were inserted. */
interface Rendering {
  frame: { literals: string[]; messages: number[] };
  contents: string[];
}

/**
 * Renders a model's own chat template with each message replaced by a placeholder, so that the template's text and the
 * messages' text stay separate. Contents that the template trims, or whose thoughts it removes, are inserted in that
 * form. If a template does more with a content (cuts or rewrites it), its frame is used and the content is inserted
 * unchanged, so that a message is never parsed as special tokens. For a template without a system role, the system
 * prompt is put before the first question, as Gemma's authors recommend. Throws `model-template-failed`, also if a
 * message would be lost.
 */
export function templatePrompt(source: string, tokens: TemplateTokens, params: PromptParams, now = new Date()): Prompt {
  if (Buffer.byteLength(source) > maxTemplateBytes) {
    throw failure({ case: "tooLong" });
  }
  const messages = params.messages.map((message) =>
    message.role === "assistant" ? { ...message, content: withoutThought(message.content) } : message,
  );
  const { frame, contents } = render(source, tokens, { ...params, messages }, now);
  const segments: PromptSegment[] = [{ kind: "bos" }];
  for (const [place, literal] of frame.literals.entries()) {
    // The template may write the BOS itself. It is removed here, so that exactly one is added later.
    const isBos = place === 0 && tokens.bos !== "" && literal.startsWith(tokens.bos);
    segments.push({ kind: "format", text: isBos ? literal.slice(tokens.bos.length) : literal });
    if (place < contents.length) segments.push({ kind: "text", text: contents[place] ?? "" });
  }
  return { segments, opensThought: /<think>\s*$/.test(frame.literals.at(-1) ?? ""), answerStart: "" };
}

/** Other thinking models also drop the line breaks after an earlier thought. The rest is up to the template. */
function withoutThought(content: string): string {
  return content.trimStart().startsWith("<think>") ? removeThought(content).replace(/^[\r\n]+/, "") : content;
}

function render(source: string, tokens: TemplateTokens, params: PromptParams, now: Date): Rendering {
  try {
    const program = parseTemplate(source);
    const basics = { add_generation_prompt: true, bos_token: tokens.bos, eos_token: tokens.eos, ...wish(params) };
    const tried = (messages: PromptMessage[]): Rendering => {
      const run = (variables: Record<string, unknown>): Rendering =>
        rendering(messages, (contents) =>
          renderTemplate(program, { ...basics, ...variables, messages: contents }, now),
        );
      try {
        return run({ tools: null, documents: null });
      } catch (error) {
        if (error instanceof TemplateRefusal || error instanceof WorkbenchError) throw error;
        // For templates that are made for tools and do not check whether there are any.
        return run({ tools: [], documents: [], functions: "", datetime: strftime("%b %d %Y %H:%M:%S", now) });
      }
    };
    return withSystem(params.messages, tried);
  } catch (error) {
    if (error instanceof WorkbenchError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw error instanceof TemplateRefusal
      ? failure({ case: "refused", reason: said.slice(0, 200) })
      : failure({ case: "messages" }, said);
  }
}

/** Templates test whether these are defined: "auto" leaves the choice to them. Models use one of these two names. */
function wish({ thinking }: PromptParams): Record<string, boolean> {
  return thinking === "auto" ? {} : { enable_thinking: thinking === "on", thinking: thinking === "on" };
}

/** If a template has no system role or omits it silently, puts the system prompt before the first question. */
function withSystem(messages: PromptMessage[], tried: (messages: PromptMessage[]) => Rendering): Rendering {
  const at = messages.findIndex(({ role }) => role === "system");
  const system = messages[at];
  const first = messages.findIndex(({ role }) => role === "user");
  const question = messages[first];
  if (system === undefined || question === undefined) return tried(messages);
  const merged = messages
    .with(first, { role: "user", content: `${system.content}\n\n${question.content}` })
    .toSpliced(at, 1);
  let asGiven: Rendering;
  try {
    asGiven = tried(messages);
  } catch {
    return tried(merged);
  }
  return asGiven.frame.messages.includes(at) || system.content.trim() === "" ? asGiven : tried(merged);
}

function rendering(messages: PromptMessage[], renderWith: (messages: PromptMessage[]) => string): Rendering {
  const parts = renderWith(messages.map((message, index) => ({ ...message, content: sentinel(index) }))).split(
    sentinelPattern,
  );
  const frame = {
    literals: parts.filter((_, index) => index % 2 === 0),
    messages: parts.filter((_, index) => index % 2 === 1).map(Number),
  };
  const real = renderWith(messages);
  const contentOf = (index: number): string => messages[index]?.content ?? "";
  const followed = followContents(frame, real, (index) => variants(messages[index]));
  for (const [index, { content }] of messages.entries()) {
    if (content.trim() === "" || frame.messages.includes(index) || !real.includes(content.trim())) continue;
    throw failure({ case: "changes" });
  }
  return { frame, contents: followed ?? frame.messages.map(contentOf) };
}

/**
 * Returns the forms in which templates insert a message: unchanged or trimmed in one of five ways, and a reply only
 * from its last `</think>` on.
 */
function variants(message: PromptMessage | undefined): string[] {
  const content = message?.content ?? "";
  const wholes = message?.role === "assistant" ? [content, removeThought(content)] : [content];
  const forms = wholes.flatMap((text) => [
    text,
    text.trim(),
    text.trimStart(),
    text.trimEnd(),
    text.replace(/^\n+/, ""),
    withoutLastBreaks(text),
  ]);
  return [...new Set(forms)];
}

/** Not a regular expression, which would take quadratic time on a million line breaks. */
function withoutLastBreaks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) === "\n") end--;
  return text.slice(0, end);
}

function failure(facts: FactsOf<"model-template-failed">, detail?: string): WorkbenchError {
  return new WorkbenchError("model-template-failed", facts, detail?.slice(0, 500));
}
