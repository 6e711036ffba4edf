import { ChevronRight } from "lucide-react";
import { memo, useId } from "react";
import { type GrowingText, sliceText, startOfWords } from "../../stores/growingText.ts";
import { useReading } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { PlainText } from "./PlainText.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ThoughtLineProps {
  messageId: string;
  thought: GrowingText;
  /** Null if nothing was measured, as after a crash. */
  figures: { thoughtMs: number; thoughtTokens: number } | null;
  isRunning: boolean;
  keepInPlace: KeepInPlace;
}

/** A single line that unfolds the thought, as plain text: a thought may be very long and is never Markdown. */
export const ThoughtLine = memo(function ThoughtLine(props: ThoughtLineProps) {
  const { messageId, thought, figures, isRunning, keepInPlace } = props;
  const isOpen = useReading(({ openThoughts }) => openThoughts.has(messageId));
  const toggle = useReading(({ toggleThought }) => toggleThought);
  const textId = useId();
  const label = useThoughtLabel(figures, isRunning);
  return (
    <section className="thought">
      <button
        type="button"
        className="thought-line"
        aria-expanded={isOpen}
        aria-controls={textId}
        onClick={({ currentTarget }) => keepInPlace(currentTarget, () => toggle(messageId))}
      >
        <ChevronRight size={16} aria-hidden className="thought-arrow" />
        <span>{label}</span>
      </button>
      {isRunning && !isOpen && (
        <p className="thought-newest" dir="auto" aria-hidden="true">
          {newestLine(thought)}
        </p>
      )}
      <div id={textId} className="thought-text" dir="auto" data-testid="thought" hidden={!isOpen}>
        {isOpen && <PlainText text={thought} from={startOfWords(thought)} />}
      </div>
    </section>
  );
});

function useThoughtLabel(measured: ThoughtLineProps["figures"], isRunning: boolean): string {
  const say = useSay("chats");
  const figures = useFigures();
  if (!measured) return say(isRunning ? "thought.running" : "thought.done");
  const time = figures.seconds(measured.thoughtMs);
  const tokens = figures.tokens(measured.thoughtTokens);
  return say(isRunning ? "thought.runningFor" : "thought.doneIn", { time, tokens });
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
