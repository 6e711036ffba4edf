import { z } from "zod";
import { call } from "./call.ts";
import { type BegunRun, sentMessageSchema } from "./chats.ts";
import type { Problem } from "./errors.ts";

/** Answers to one question by what they say in the end. */
export interface Votes {
  /** The message that was answered. */
  questionId: string;
  /** The results, that of most answers first. Equal as mathematics; each as its first answer spells it. */
  groups: { result: string; messageIds: string[] }[];
  /** Answers that ended without a result that could be compared. */
  ungrouped: string[];
  /** Answers that were cut, stopped or failed, whose last line is no result. */
  unfinished: string[];
  /** Whether two answers or more have the same result in a box, so that they are a vote even if nobody asked for one. */
  hasAgreement: boolean;
}

/**
 * A question that is being answered several times, or was since the app started:
 *
 *   running ─▶ complete | decided (the rest could not have changed it) | stopped | failed
 *      └─(the app ended; seen later)──▶ cut ─▶ running | stopped
 */
export interface VoteRun {
  chatId: string;
  questionId: string;
  state: "running" | "complete" | "decided" | "stopped" | "failed" | "cut";
  /** Answers that have ended of those that were asked for. Earlier ones of the question are not among them. */
  done: number;
  wanted: number;
  /** Estimated from the answers so far. Null before the first one has ended. */
  secondsLeft: number | null;
  problem: Problem | null;
}

export const mostAnswers = 32;
const id = z.string().min(1).max(64);

export const votesCalls = {
  /**
   * Has the question of this reply answered `answers` more times, each with a seed of its own, and then shows the first
   * answer of the largest group. Every answer is a version of the reply. Resolves once the first one has begun. Rejects
   * with `chat-busy`.
   */
  "votes.start": call<VoteRun>()(z.object({ messageId: id, answers: z.number().int().min(1).max(mostAnswers) })),
  /**
   * Sends a message as `chats.send` does and has it answered `answers` times, the first one included. If it cannot be sent,
   * nothing is stored; once it is, a failure is told as the end of the vote.
   */
  "votes.ask": call<{ begun: BegunRun; run: VoteRun }>()(
    sentMessageSchema.extend({ answers: z.number().int().min(2).max(mostAnswers) }),
  ),
  /** Stops the answer that is being written, and asks for no more. What was written is kept. */
  "votes.stop": call<null>()(z.object({ chatId: id })),
  /** Goes on with a vote that was cut. Rejects with `chat-busy`, or with `input-invalid` if none was. */
  "votes.askRest": call<VoteRun>()(z.object({ messageId: id })),
  /** Ends a vote that was cut with the answers that are there, and shows the first one of the largest group. */
  "votes.keep": call<null>()(z.object({ messageId: id })),
  /** Returns how the answers to the question of this reply agree, and whether it is being asked. */
  "votes.of": call<{ votes: Votes; run: VoteRun | null }>()(z.object({ messageId: id })),
};
