import { ChevronRight } from "lucide-react";
import { memo, useId } from "react";
import { seconds, tokens } from "../../parts/figures.ts";
import { type GrowingText, sliceText, startOfWords } from "../../stores/growingText.ts";
import { useReading } from "../../stores/useStores.ts";
import { PlainText } from "./PlainText.tsx";
import type { KeepInPlace } from "./useFollowEnd.ts";

export interface ThoughtLineProps {
  messageId: string;
  thought: GrowingText;
  /** Null where nothing was measured, as after a crash. */
  figures: { thoughtMs: number; thoughtTokens: number } | null;
  isRunning: boolean;
  keepInPlace: KeepInPlace;
}

/** One quiet line that folds; plain text inside, for a thought may be very long and is never markdown. */
export const ThoughtLine = memo(function ThoughtLine(props: ThoughtLineProps) {
  const { messageId, thought, figures, isRunning, keepInPlace } = props;
  const isOpen = useReading(({ openThoughts }) => openThoughts.has(messageId));
  const toggle = useReading(({ toggleThought }) => toggleThought);
  const textId = useId();
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
        <span>{thoughtLabel(figures, isRunning)}</span>
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

export function thoughtLabel(figures: ThoughtLineProps["figures"], isRunning: boolean): string {
  if (!figures) return isRunning ? "Thinking" : "Thought";
  const { thoughtMs, thoughtTokens } = figures;
  return `${isRunning ? "Thinking" : "Thought for"} ${seconds(thoughtMs)} · ${tokens(thoughtTokens)}`;
}

/** The last line with words on it, from the thought's tail alone. */
export function newestLine(thought: GrowingText): string {
  return (
    sliceText(thought, Math.max(0, thought.length - 400))
      .trimEnd()
      .split("\n")
      .at(-1)
      ?.slice(-160) ?? ""
  );
}
