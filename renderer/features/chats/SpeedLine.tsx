import { Tooltip } from "@base-ui/react/tooltip";
import { memo } from "react";
import type { ReplyStats, StopReason } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { count, seconds, speed, tokens } from "../../parts/figures.ts";
import { Sparkline } from "./Sparkline.tsx";

/** The signature of the app: what the engine measured, live and kept. Nothing before the first token. */
export const SpeedLine = memo(function SpeedLine({ figures }: { figures: LiveReply | ReplyStats }) {
  const { ttftMs, tokensPerSecond, speedSamples, promptTokens, thoughtTokens, answerTokens } = figures;
  const written = thoughtTokens + answerTokens;
  if (ttftMs === null || written === 0) return null;
  return (
    <p className="speed-line">
      <span className="speed-now">{tokensPerSecond === null ? "– tok/s" : speed(tokensPerSecond)}</span>
      <Sparkline samples={speedSamples} />
      <span>{seconds(ttftMs, 2)} to first token</span>
      <Tooltip.Root>
        <Tooltip.Trigger className="speed-tokens" aria-label={`${count(promptTokens)} + ${count(written)} tokens`}>
          {count(promptTokens)} + {count(written)}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6}>
            <Tooltip.Popup className="tooltip">
              {inWords(figures).map((line) => (
                <span key={line}>{line}</span>
              ))}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      </Tooltip.Root>
    </p>
  );
});

const reasons: Record<StopReason, string> = {
  end: "Ended by itself",
  stopped: "Stopped by you",
  maxTokens: "Ended at the token limit",
  context: "Ended because the context is full",
  interrupted: "Interrupted",
};

/** The same figures as sentences. */
export function inWords(figures: LiveReply | ReplyStats): string[] {
  const { promptTokens, cachedTokens, thoughtTokens, answerTokens } = figures;
  const lines = [
    `Prompt: ${tokens(promptTokens)}, ${count(cachedTokens)} of them reused from before`,
    `Thought: ${tokens(thoughtTokens)}`,
    `Answer: ${tokens(answerTokens)}`,
  ];
  if ("stopReason" in figures) {
    const { prefillTokensPerSecond, stopReason } = figures;
    if (prefillTokensPerSecond !== null) lines.push(`Prompt read at ${speed(prefillTokensPerSecond)}`);
    lines.push(reasons[stopReason]);
  }
  return lines;
}
