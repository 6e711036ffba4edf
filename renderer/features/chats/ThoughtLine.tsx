import { ChevronRight } from "lucide-react";
import { memo, type ReactNode, useId } from "react";
import type { ThoughtCut } from "../../../electron/contract/chats.ts";
import { type GrowingText, sliceText, startOfWords } from "../../stores/growingText.ts";
import { useReading } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { PlainText } from "./PlainText.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

/** A thought that has just begun has no time yet. */
const leastRunningMs = 100;

export interface ThoughtLineProps {
  messageId: string;
  thought: GrowingText;
  /** Null if nothing was measured, as after a crash. */
  figures: { thoughtMs: number; thoughtTokens: number; thoughtCut: ThoughtCut | null } | null;
  isRunning: boolean;
  /** Whether the reply was stopped within the thought. */
  isStopped: boolean;
  /** The result of the answer that follows, as plain text. Null if it has none. */
  result: string | null;
  /** What can be done while it runs. */
  action?: ReactNode;
  keepInPlace: KeepInPlace;
}

/**
 * A line that unfolds the thought, as plain text: a thought may be very long and is never Markdown. While one reads,
 * the line stays at the top of the visible part.
 */
export const ThoughtLine = memo(function ThoughtLine(props: ThoughtLineProps) {
  const { messageId, thought, figures, isRunning, isStopped, result, action, keepInPlace } = props;
  const isOpen = useReading(({ openThoughts }) => openThoughts.has(messageId));
  const toggle = useReading(({ toggleThought }) => toggleThought);
  const say = useSay("chats");
  const textId = useId();
  const label = useThoughtLabel(figures, isRunning, isStopped);
  return (
    <section className="thought">
      <div className="thought-head">
        <button
          type="button"
          className="thought-line"
          aria-expanded={isOpen}
          aria-controls={textId}
          title={result === null ? undefined : `${say("list.result")} ${result}`}
          onClick={({ currentTarget }) => keepInPlace(currentTarget, () => toggle(messageId))}
        >
          <ChevronRight size={16} aria-hidden className="thought-arrow" />
          <span className="clip">{label}</span>
        </button>
        {isOpen && thought.length > 0 && (
          <CopyTextButton
            className="thought-copy"
            label={say("thought.copy")}
            text={() => sliceText(thought, 0).trim()}
          />
        )}
        {action}
      </div>
      {isRunning && !isOpen && (
        <p className="thought-newest" aria-hidden="true">
          <span dir="auto">{newestLine(thought)}</span>
        </p>
      )}
      <div id={textId} className="thought-text" dir="auto" data-testid="thought" hidden={!isOpen}>
        {isOpen && <PlainText text={thought} from={startOfWords(thought)} />}
      </div>
    </section>
  );
});

function useThoughtLabel(measured: ThoughtLineProps["figures"], isRunning: boolean, isStopped: boolean): string {
  const say = useSay("chats");
  const figures = useFigures();
  // The first figures arrive with the first token.
  const hasTime = measured !== null && measured.thoughtMs >= (isRunning ? leastRunningMs : 1);
  if (!hasTime && !isRunning && measured?.thoughtCut) {
    return say("thought.cutIn", { thought: say("thought.done"), cut: say(`thought.cut.${measured.thoughtCut}`) });
  }
  if (!hasTime) return say(isRunning ? "thought.running" : "thought.done");
  const time = figures.seconds(measured.thoughtMs);
  const tokens = figures.tokens(measured.thoughtTokens);
  if (isRunning) return say("thought.runningFor", { time, tokens });
  if (isStopped) return say("thought.stoppedIn", { time, tokens });
  const thought = say("thought.doneIn", { time, tokens });
  const cut = measured.thoughtCut;
  return cut === null ? thought : say("thought.cutIn", { thought, cut: say(`thought.cut.${cut}`) });
}

/** Returns the last line that contains words, from the thought's tail alone. */
export function newestLine(thought: GrowingText): string {
  return (
    sliceText(thought, Math.max(0, thought.length - 400))
      .trimEnd()
      .split("\n")
      .at(-1)
      ?.slice(-160) ?? ""
  );
}
