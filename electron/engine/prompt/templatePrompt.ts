import { type FactsOf, WorkbenchError } from "../../contract/errors.ts";
import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import { followContents } from "./followContents.ts";
import { parseTemplate } from "./parseTemplate.ts";
import type { Prompt, PromptSegment } from "./PromptSegment.ts";
import { removeThought } from "./removeThought.ts";
import { renderTemplate, TemplateRefusal } from "./renderTemplate.ts";
import { strftime } from "./strftime.ts";

/** Real templates are a few KB; a template is a program written by a stranger. */
const maxTemplateBytes = 64 * 1024;

export interface TemplateTokens {
  bos: string;
  eos: string;
}

/** Stands for one message's content while the template runs: letters no template tests for. */
const sentinel = (index: number): string => `\uE000message ${index}\uE001`;
const sentinelPattern = /\uE000message (\d+)\uE001/;

/** What came of one try: the texts around the messages, and the messages as they went in. */
interface Rendering {
  frame: { literals: string[]; messages: number[] };
  contents: string[];
}

/**
 * A model's own chat template, rendered with each message replaced by a stand-in, so that the template's
 * text and the messages' text stay apart. Templates that trim contents or cut thoughts get them so. Where a template
 * does more with a content (it cuts or rewrites it), its frame is kept and the content goes in unchanged:
 * a message is never read as tokens. A template without a system role gets the system prompt in front of the first
 * question, as Gemma's makers advise. Throws `model-template-failed`, also when a message would be lost.
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
    // The template may write the BOS itself; it is taken off, so that exactly one is added.
    const isBos = place === 0 && tokens.bos !== "" && literal.startsWith(tokens.bos);
    segments.push({ kind: "format", text: isBos ? literal.slice(tokens.bos.length) : literal });
    if (place < contents.length) segments.push({ kind: "text", text: contents[place] ?? "" });
  }
  return { segments, opensThought: /<think>\s*$/.test(frame.literals.at(-1) ?? ""), answerStart: "" };
}

/** Makers of other thinking models cut the line breaks behind an earlier thought too; the rest is the template's. */
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
        // A template that is made for tools, and does not ask whether there are any.
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

/** Templates test whether these are defined: "auto" leaves the choice to them. Some makers have the one name, some the other. */
function wish({ thinking }: PromptParams): Record<string, boolean> {
  return thinking === "auto" ? {} : { enable_thinking: thinking === "on", thinking: thinking === "on" };
}

/** Where a template has no system role, or leaves it out without a word, the first question brings the system prompt. */
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

/** How templates put a message in: as it is or trimmed in one of five ways, and a reply only from its last `</think>` on. */
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
