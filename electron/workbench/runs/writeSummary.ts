import type { PromptMessage, PromptParams } from "../../contract/engineProtocol.ts";
import { mostSummaryChars } from "../../contract/longChats.ts";
import type { Session } from "../engines/Session.ts";
import { cutAt } from "../cutAt.ts";
import { cutTranscript, summaryRequest } from "./summaryRequest.ts";

/** The share of the context that the request for a summary may fill. */
const requestShare = 0.5;
/** The share of the context that a summary may fill. */
const summaryShare = 1 / 8;
const mostSummaryTokens = 1024;
/** A part that is shorter is not cut again. */
const leastPartChars = 100;

/** Returns the length of a summary, in tokens, in a context of this size. */
export const summaryTokens = (contextSize: number): number =>
  Math.min(mostSummaryTokens, Math.floor(contextSize * summaryShare));

export interface SummaryOptions {
  contextSize: number;
  signal: AbortSignal;
  /** Called before each part, counted from 1. */
  onPart: (part: number, parts: number) => void;
}

/**
 * Resolves with the model's summary of a transcript, empty if it wrote none, or with null if it was stopped. A transcript
 * that does not fit in half of the context is summarized part by part, each with the summary of the parts before it.
 * Rejects with `context-exceeded` if not even a short part fits.
 */
export async function writeSummary(session: Session, text: string, options: SummaryOptions): Promise<string | null> {
  const { contextSize, signal, onPart } = options;
  const maxTokens = summaryTokens(contextSize);
  const room = contextSize * requestShare;
  const left = [text];
  let done = 0;
  let summary = "";
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const tokens = await session.countTokens(request(summary, part));
    if (tokens === null || signal.aborted) return null;
    if (tokens > room && part.length > leastPartChars) {
      const withoutPart = (await session.countTokens(request(summary, ""))) ?? 0;
      const share = Math.max(0, room - withoutPart) / Math.max(1, tokens - withoutPart);
      // Always shorter, wherever in it the tokens are.
      left.unshift(...cutTranscript(part, Math.min(part.length - 1, Math.floor(part.length * share))));
      continue;
    }
    done += 1;
    onPart(done, done + left.length);
    let written = "";
    const { outcome } = await session.reply({
      chat: null,
      ...request(summary, part),
      maxTokens,
      onEvent(event) {
        if (event.kind === "piece" && event.part === "answer") written += event.text;
      },
    });
    if (outcome === "stopped" || signal.aborted) return null;
    // What is known so far is better than nothing.
    summary = cutAt(written.trim(), 0, mostSummaryChars).trim() || summary;
  }
  return summary;
}

/** A summary needs no thought, which would take longer than the summary itself. */
function request(summarySoFar: string, part: string): PromptParams {
  const messages: PromptMessage[] = [{ role: "user", content: summaryRequest(summarySoFar, part) }];
  return { messages, thinking: "off" };
}
