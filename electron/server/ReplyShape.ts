import type { ReplyStats } from "../contract/chats.ts";
import type { ReadingProgress } from "../contract/runs.ts";
import type { ToldFailure } from "./ApiFailure.ts";

/** A reply that has ended. */
export interface EndedReply {
  thought: string;
  answer: string;
  /** `length`: it reached its limit of tokens, or the context is full. */
  finish: "stop" | "length";
  stats: ReplyStats;
}

/** A reply as one of OpenAI's forms tells it: as a whole, or event by event. Events are `data`, by turns with their names. */
export interface ReplyShape {
  whole(reply: EndedReply): object;
  opening(): ShapedEvent[];
  reading(progress: ReadingProgress): ShapedEvent[];
  piece(part: "thought" | "answer", text: string): ShapedEvent[];
  ending(reply: EndedReply): ShapedEvent[];
  failing(failure: ToldFailure): ShapedEvent[];
}

export interface ShapedEvent {
  /** Left out: it has no name. */
  name?: string;
  data: object | "[DONE]";
}

export const unixSeconds = (): number => Math.floor(Date.now() / 1000);
