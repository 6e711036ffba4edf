import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { useFigures, useSay } from "../../texts.ts";

/** A reply's figures as sentences. */
export function SpeedFacts({ figures: measured }: { figures: LiveReply | ReplyStats }) {
  const say = useSay("chats");
  const figures = useFigures();
  const { promptTokens, cachedTokens, thoughtTokens, answerTokens, prefillTokensPerSecond, ttftMs } = measured;
  const isLive = !("stopReason" in measured);
  return [
    say("speed.promptTokens", { tokens: figures.tokens(promptTokens), cached: cachedTokens }),
    say("speed.thoughtTokens", { tokens: figures.tokens(thoughtTokens) }),
    say("speed.answerTokens", { tokens: figures.tokens(answerTokens) }),
    prefillTokensPerSecond !== null && say("speed.promptSpeed", { value: prefillTokensPerSecond }),
    isLive && ttftMs !== null && say("speed.firstTokenAfter", { time: figures.seconds(ttftMs, 2) }),
    isLive && measured.memory !== null && say("speed.memory"),
    !isLive && say(`speed.ended.${measured.stopReason}`),
  ]
    .filter((line) => line !== false)
    .map((line) => <span key={line}>{line}</span>);
}
