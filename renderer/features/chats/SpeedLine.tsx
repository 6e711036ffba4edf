import { Tooltip } from "@base-ui/react/tooltip";
import { memo, useId, useState } from "react";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply, MemoryInUse } from "../../../electron/contract/runs.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ReplyChart } from "./ReplyChart.tsx";
import { Sparkline } from "./Sparkline.tsx";
import { SpeedFacts } from "./SpeedFacts.tsx";
import { useSilence } from "./useSilence.ts";

/** The engine reports its figures four times a second. After this long without any, it has stalled. */
const silenceMs = 2000;

export interface SpeedLineProps {
  figures: LiveReply | ReplyStats;
}

/**
 * What the engine measured, during the reply and afterwards; a press opens the chart of the speed. Renders nothing
 * before the first token.
 */
export const SpeedLine = memo(function SpeedLine({ figures: measured }: SpeedLineProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const [isOpen, setOpen] = useState(false);
  const chartId = useId();
  const live = "stopReason" in measured ? null : measured;
  const isSilent = useSilence(live, silenceMs);
  const { ttftMs, tokensPerSecond, speedSamples, promptTokens, thoughtTokens, answerTokens } = measured;
  const written = thoughtTokens + answerTokens;
  if (ttftMs === null || written === 0) return null;
  const shown = (value: number | null): string => (value === null ? say("speed.none") : figures.speed(value));
  return (
    <>
      <div className={live ? "speed-line is-live" : "speed-line"}>
        <button
          type="button"
          className="speed-course"
          title={say("speed.course")}
          aria-expanded={isOpen}
          aria-controls={chartId}
          onClick={() => setOpen(!isOpen)}
        >
          {live ? (
            <span className="speed-now">
              {say("speed.now", { speed: shown(isSilent ? null : live.tokensPerSecondNow) })}
            </span>
          ) : (
            <span className="speed-now">{shown(tokensPerSecond)}</span>
          )}
          <Sparkline samples={speedSamples} />
        </button>
        {live ? (
          <>
            <span className="speed-average">
              {isSilent
                ? say("speed.silent")
                : tokensPerSecond !== null && say("speed.average", { speed: figures.speedFigure(tokensPerSecond) })}
            </span>
            {live.memory && <MemoryInUseFigure memory={live.memory} />}
          </>
        ) : (
          <span className="speed-first">{say("speed.toFirstToken", { time: figures.seconds(ttftMs, 2) })}</span>
        )}
        <Tooltip.Root>
          <Tooltip.Trigger
            className="speed-tokens"
            aria-label={say("speed.tokens", { prompt: promptTokens, count: written })}
          >
            {figures.count(promptTokens)} + {figures.count(written)}
          </Tooltip.Trigger>
          <Tooltip.Portal>
            <Tooltip.Positioner sideOffset={6}>
              <Tooltip.Popup className="tooltip">
                <SpeedFacts figures={measured} />
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

function MemoryInUseFigure({ memory: { residentBytes, gpuBytes } }: { memory: MemoryInUse }) {
  const say = useSay("chats");
  return (
    <span className="speed-memory">
      {say("speed.inUse", { memory: residentBytes })}
      {gpuBytes !== null && <span className="speed-gpu">{say("speed.onGpu", { memory: gpuBytes })}</span>}
    </span>
  );
}
