import { randomUUID } from "node:crypto";
import type { ToldFailure } from "./ApiFailure.ts";
import { type EndedReply, type ReplyShape, type ShapedEvent, unixSeconds } from "./ReplyShape.ts";
import type { ResponseWish } from "./responseParameters.ts";
import { usageOf } from "./timings.ts";

type Part = "thought" | "answer";
type Status = "in_progress" | "completed" | "incomplete" | "failed";

const idOf = (kind: string): string => `${kind}_${randomUUID().replaceAll("-", "")}`;

/**
 * A reply of /v1/responses. Its output is an item for the thought, if there is one, and a message for the answer. In a
 * stream, each of them is opened, grows and is closed, and each event has a number.
 */
export class ResponseShape implements ReplyShape {
  readonly #wish: ResponseWish;
  readonly #model: string;
  readonly #id = idOf("resp");
  readonly #createdAt = unixSeconds();
  readonly #ids = { thought: idOf("rs"), answer: idOf("msg") };
  readonly #texts = { thought: "", answer: "" };
  #open: Part | null = null;
  /** Items that were closed. */
  readonly #output: object[] = [];
  #sequence = 0;

  /** `model`: its id. */
  constructor(model: string, wish: ResponseWish) {
    this.#model = model;
    this.#wish = wish;
  }

  whole(reply: EndedReply): object {
    const status = statusOf(reply);
    const parts = (["thought", "answer"] as const).filter((part) => part === "answer" || reply.thought !== "");
    return this.#response(
      status,
      parts.map((part) => this.#item(part, reply[part], status)),
      { usage: usage(reply) },
    );
  }

  opening(): ShapedEvent[] {
    const response = this.#response("in_progress", []);
    return [this.#event("response.created", { response }), this.#event("response.in_progress", { response })];
  }

  reading(): ShapedEvent[] {
    return [];
  }

  piece(part: Part, text: string): ShapedEvent[] {
    const opened = this.#open === part ? [] : [...this.#close("completed"), ...this.#begin(part)];
    this.#texts[part] += text;
    const name = part === "thought" ? "response.reasoning_text.delta" : "response.output_text.delta";
    return [
      ...opened,
      this.#event(name, { ...this.#at(part), delta: text, ...(part === "answer" && { logprobs: [] }) }),
    ];
  }

  ending(reply: EndedReply): ShapedEvent[] {
    const status = statusOf(reply);
    const opened = this.#open === "answer" ? [] : [...this.#close("completed"), ...this.#begin("answer")];
    const closed = this.#close(status);
    const response = this.#response(status, this.#output, { usage: usage(reply) });
    const name = status === "completed" ? "response.completed" : "response.incomplete";
    return [...opened, ...closed, this.#event(name, { response })];
  }

  failing(failure: ToldFailure): ShapedEvent[] {
    const { code, message, param } = failure;
    const response = this.#response("failed", this.#output, { error: { code, message } });
    return [this.#event("error", { code, message, param }), this.#event("response.failed", { response })];
  }

  #begin(part: Part): ShapedEvent[] {
    this.#open = part;
    const { item_id: _, content_index: __, ...place } = this.#at(part);
    return [
      this.#event("response.output_item.added", { ...place, item: this.#item(part, null, "in_progress") }),
      this.#event("response.content_part.added", { ...this.#at(part), part: content(part, "") }),
    ];
  }

  #close(status: Status): ShapedEvent[] {
    const part = this.#open;
    if (part === null) return [];
    const text = this.#texts[part];
    const item = this.#item(part, text, status);
    const { item_id: _, content_index: __, ...place } = this.#at(part);
    const name = part === "thought" ? "response.reasoning_text.done" : "response.output_text.done";
    const events = [
      this.#event(name, { ...this.#at(part), text, ...(part === "answer" && { logprobs: [] }) }),
      this.#event("response.content_part.done", { ...this.#at(part), part: content(part, text) }),
      this.#event("response.output_item.done", { ...place, item }),
    ];
    this.#open = null;
    this.#output.push(item);
    return events;
  }

  #at(part: Part): { item_id: string; output_index: number; content_index: number } {
    return { item_id: this.#ids[part], output_index: this.#output.length, content_index: 0 };
  }

  /** `text`: null before there is any. */
  #item(part: Part, text: string | null, status: Status): object {
    const parts = text === null ? [] : [content(part, text)];
    return part === "thought"
      ? { id: this.#ids.thought, type: "reasoning", summary: [], content: parts, status }
      : { id: this.#ids.answer, type: "message", role: "assistant", content: parts, status };
  }

  #response(status: Status, output: readonly object[], more: object = {}): object {
    const { echo, thinking, format } = this.#wish;
    return {
      id: this.#id,
      object: "response",
      created_at: this.#createdAt,
      status,
      error: null,
      incomplete_details: status === "incomplete" ? { reason: "max_output_tokens" } : null,
      model: this.#model,
      output,
      ...echo,
      reasoning: { effort: thinking === "off" ? "none" : null, summary: null },
      text: { format },
      tools: [],
      tool_choice: "none",
      parallel_tool_calls: false,
      previous_response_id: null,
      store: false,
      truncation: "disabled",
      metadata: {},
      usage: null,
      ...more,
    };
  }

  #event(type: string, data: object): ShapedEvent {
    return { name: type, data: { type, sequence_number: this.#sequence++, ...data } };
  }
}

const statusOf = ({ finish }: EndedReply): Status => (finish === "length" ? "incomplete" : "completed");

const content = (part: Part, text: string): object =>
  part === "thought" ? { type: "reasoning_text", text } : { type: "output_text", text, annotations: [], logprobs: [] };

function usage({ stats }: EndedReply): object {
  const counted = usageOf(stats);
  return {
    input_tokens: counted.prompt_tokens,
    input_tokens_details: counted.prompt_tokens_details,
    output_tokens: counted.completion_tokens,
    output_tokens_details: counted.completion_tokens_details,
    total_tokens: counted.total_tokens,
  };
}
