import { Tooltip } from "@base-ui/react/tooltip";
import { memo, useId, useState } from "react";
import type { ReplyStats, StopReason } from "../../../electron/contract/chats.ts";
import type { LiveReply, MemoryInUse } from "../../../electron/contract/runs.ts";
import { bytes, count, seconds, speed, tokens } from "../../parts/figures.ts";
import { ReplyChart } from "./ReplyChart.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { speedFigure } from "./speedFigure.ts";
import { useSilence } from "./useSilence.ts";

/** The engine tells its figures four times a second: after this long it is not writing slowly, it stands still. */
const silenceMs = 2000;

/**
 * The signature of the app: what the engine measured, live and kept, with the course of the speed behind a press.
 * Nothing before the first token.
 */
export const SpeedLine = memo(function SpeedLine({ figures }: { figures: LiveReply | ReplyStats }) {
  const [isOpen, setOpen] = useState(false);
  const chartId = useId();
  const live = "stopReason" in figures ? null : figures;
  const isSilent = useSilence(live, silenceMs);
  const { ttftMs, tokensPerSecond, speedSamples, promptTokens, thoughtTokens, answerTokens } = figures;
  const written = thoughtTokens + answerTokens;
  if (ttftMs === null || written === 0) return null;
  return (
    <>
      <div className={live ? "speed-line is-live" : "speed-line"}>
        <button
          type="button"
          className="speed-course"
          title="The speed over this reply"
          aria-expanded={isOpen}
          aria-controls={chartId}
          onClick={() => setOpen(!isOpen)}
        >
          {live ? (
            <span className="speed-now">{shown(isSilent ? null : live.tokensPerSecondNow)} now</span>
          ) : (
            <span className="speed-now">{shown(tokensPerSecond)}</span>
          )}
          <Sparkline samples={speedSamples} />
        </button>
        {live ? (
          <>
            <span className="speed-average">
              {isSilent ? "engine silent" : tokensPerSecond !== null && `${speedFigure(tokensPerSecond)} average`}
            </span>
            {live.memory && <MemoryInUseFigure memory={live.memory} />}
          </>
        ) : (
          <span className="speed-first">{seconds(ttftMs, 2)} to first token</span>
        )}
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
      </div>
      <div id={chartId} className="speed-chart" hidden={!isOpen}>
        {isOpen && <ReplyChart samples={speedSamples} average={tokensPerSecond} tokens={written} />}
      </div>
    </>
  );
});

const shown = (tokensPerSecond: number | null): string =>
  tokensPerSecond === null ? "– tok/s" : speed(tokensPerSecond);

function MemoryInUseFigure({ memory: { residentBytes, gpuBytes } }: { memory: MemoryInUse }) {
  return (
    <span className="speed-memory">
      {bytes(residentBytes)} in use
      {gpuBytes !== null && <span className="speed-gpu">, {bytes(gpuBytes)} on the GPU</span>}
    </span>
  );
}

const reasons: Record<StopReason, string> = {
  end: "Ended by itself",
  stopped: "Stopped by you",
  maxTokens: "Ended at the token limit",
  context: "Ended because the context is full",
  interrupted: "Interrupted",
};

/** The same figures as sentences. */
export function inWords(figures: LiveReply | ReplyStats): string[] {
  const { promptTokens, cachedTokens, thoughtTokens, answerTokens, prefillTokensPerSecond, ttftMs } = figures;
  const lines = [
    `Prompt: ${tokens(promptTokens)}, ${count(cachedTokens)} of them reused from before`,
    `Thought: ${tokens(thoughtTokens)}`,
    `Answer: ${tokens(answerTokens)}`,
  ];
  if (prefillTokensPerSecond !== null) lines.push(`Prompt read at ${speed(prefillTokensPerSecond)}`);
  if ("stopReason" in figures) lines.push(reasons[figures.stopReason]);
  else {
    if (ttftMs !== null) lines.push(`First token after ${seconds(ttftMs, 2)}`);
    if (figures.memory) lines.push("In use: the engine’s memory, with what it has read of the model’s file");
  }
  return lines;
}
