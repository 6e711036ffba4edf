import type { ReplyStats } from "../../contract/chats.ts";
import type { LiveReply } from "../../contract/runs.ts";

const mostSamples = 120;

/**
 * Returns the figures of a reply that was continued: the first part's prompt and first token, and the tokens and the
 * speed of both parts. `before` is null if the first part was not measured.
 */
export function joinFigures<Figures extends ReplyStats | LiveReply>(before: ReplyStats | null, rest: Figures): Figures {
  if (before === null) return rest;
  return {
    ...rest,
    promptTokens: before.promptTokens,
    cachedTokens: before.cachedTokens,
    prefillTokensPerSecond: before.prefillTokensPerSecond,
    ttftMs: before.ttftMs,
    thoughtTokens: before.thoughtTokens + rest.thoughtTokens,
    answerTokens: before.answerTokens + rest.answerTokens,
    thoughtMs: before.thoughtMs + rest.thoughtMs,
    thoughtCut: rest.thoughtCut ?? before.thoughtCut,
    tokensPerSecond: joinSpeeds(before, rest),
    speedSamples: joinSamples(before, rest),
  };
}

/** The time that a part took, without its first token, whose time is not part of its speed. */
function timed({ thoughtTokens, answerTokens, tokensPerSecond }: Omit<ReplyStats, "stopReason" | "ttftMs">) {
  const tokens = thoughtTokens + answerTokens - 1;
  return tokensPerSecond === null || tokens < 1
    ? { tokens: 0, seconds: 0 }
    : { tokens, seconds: tokens / tokensPerSecond };
}

function joinSpeeds(before: ReplyStats, rest: ReplyStats | LiveReply): number | null {
  const [one, other] = [timed(before), timed(rest)];
  const seconds = one.seconds + other.seconds;
  return seconds > 0 ? Number(((one.tokens + other.tokens) / seconds).toPrecision(5)) : null;
}

/** Each sample stands for the same time, so the parts share the samples by the time that they took. */
function joinSamples(before: ReplyStats, rest: ReplyStats | LiveReply): number[] {
  const seconds = [timed(before).seconds, timed(rest).seconds] as const;
  const all = seconds[0] + seconds[1];
  if (all === 0) return [...before.speedSamples, ...rest.speedSamples].slice(-mostSamples);
  const share = Math.round((mostSamples * seconds[0]) / all);
  return [...resample(before.speedSamples, share), ...resample(rest.speedSamples, mostSamples - share)];
}

function resample(samples: readonly number[], count: number): number[] {
  if (samples.length === 0) return [];
  return Array.from({ length: count }, (_, index) => samples[Math.floor((index * samples.length) / count)] ?? 0);
}
