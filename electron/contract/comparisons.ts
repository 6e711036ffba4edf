import { z } from "zod";
import { call } from "./call.ts";
import type { ReplyModel } from "./chats.ts";
import type { Problem } from "./errors.ts";
import { mostCompared } from "./mostCompared.ts";
import type { Votes } from "./votes.ts";

/** What one model says to a question that several are asked. */
export interface ComparedAnswer {
  model: Omit<ReplyModel, "edited">;
  /** The reply that it writes or has written. Null if it has not been asked, or the reply was deleted. */
  messageId: string | null;
  /** How long the model took to load. Null if that is not known, as after a restart. */
  loadMs: number | null;
  /** Why it could not be asked. Null if it was, or is still to be. What went wrong later, its reply says. */
  problem: Problem | null;
}

/**
 * A question that several models are asked one after another, or were since the app started:
 *
 *   running ─▶ complete | stopped | failed (the next model could not be asked; the answers that are there are kept)
 *      └─(the app ended; seen later)──▶ cut ─▶ running | stopped
 *
 * A model that cannot answer does not end it: its reply says why, and the next one is asked.
 */
export interface ComparisonRun {
  chatId: string;
  questionId: string;
  state: "running" | "complete" | "stopped" | "failed" | "cut";
  answers: ComparedAnswer[];
  /** The ids of the models that had not answered when it was cut. Otherwise empty. */
  unanswered: string[];
  problem: Problem | null;
}

/** The answers of several models to one question. */
export interface Comparison {
  questionId: string;
  /**
   * With a run: what each of its models wrote for it, in the order in which they were chosen. Otherwise, of each model the
   * newest whole answer, or its newest if none is whole, in the order of the replies.
   */
  answers: ComparedAnswer[];
  /** How they agree. */
  votes: Votes;
  run: ComparisonRun | null;
}

const id = z.string().min(1).max(64);

export const comparisonsCalls = {
  /**
   * Asks these models the question of this reply, one after another; each answer is a version of the reply. The reply
   * itself counts as the answer of its model if it is complete. Then the chat shows what it showed before, and its model
   * is still the same. Resolves once the first answer has begun. Rejects with `chat-busy` or `model-not-found`.
   */
  "comparisons.start": call<ComparisonRun>()(
    z.object({
      messageId: id,
      modelIds: z
        .array(id)
        .min(2)
        .max(mostCompared)
        .refine((ids) => new Set(ids).size === ids.length),
    }),
  ),
  /** Stops the answer that is being written, and asks no other model. What was written is kept. */
  "comparisons.stop": call<null>()(z.object({ chatId: id })),
  /**
   * Goes on with a comparison that was cut, and asks the models that had not answered. Rejects with `chat-busy`, with
   * `model-not-found` if none of them is there any more, or with `input-invalid` if none was cut.
   */
  "comparisons.askRest": call<ComparisonRun>()(z.object({ messageId: id })),
  /** Ends a comparison that was cut with the answers that are there. */
  "comparisons.keep": call<null>()(z.object({ messageId: id })),
  /** Returns what several models say to the question of this reply, as far as that is stored. */
  "comparisons.of": call<Comparison>()(z.object({ messageId: id })),
};
