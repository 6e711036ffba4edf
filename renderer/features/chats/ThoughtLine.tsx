import { ChevronRight } from "lucide-react";
import { memo, useId, useMemo, useState } from "react";
import { seconds, tokens } from "../../parts/figures.ts";

export interface ThoughtLineProps {
  thought: string;
  /** Null where nothing was measured, as after a crash. */
  figures: { thoughtMs: number; thoughtTokens: number } | null;
  isRunning: boolean;
  /** Whether the reader is at the end; one who has scrolled up to read is left in peace. */
  isFollowing: () => boolean;
}

/** One quiet line that folds; plain text inside, for a thought may be very long and is never markdown. */
export const ThoughtLine = memo(function ThoughtLine({ thought, figures, isRunning, isFollowing }: ThoughtLineProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasRunning, setWasRunning] = useState(isRunning);
  const textId = useId();
  if (wasRunning !== isRunning) {
    setWasRunning(isRunning);
    if (!isRunning && isFollowing()) setOpen(false);
  }
  return (
    <section className="thought">
      <button
        type="button"
        className="thought-line"
        aria-expanded={isOpen}
        aria-controls={textId}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronRight size={16} aria-hidden className="thought-arrow" />
        <span>{thoughtLabel(figures, isRunning)}</span>
      </button>
      {isRunning && !isOpen && (
        <p className="thought-newest" aria-hidden="true">
          {newestLine(thought)}
        </p>
      )}
      <div id={textId} className="thought-text" data-testid="thought" hidden={!isOpen}>
        {isOpen && <ThoughtText thought={thought} />}
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
export function newestLine(thought: string): string {
  return thought.slice(-400).trimEnd().split("\n").at(-1)?.slice(-160) ?? "";
}

/** In paragraphs, so that while it grows only the last one is laid out again. */
function ThoughtText({ thought }: { thought: string }) {
  const paragraphs = useMemo(() => thought.trim().split(/\n{2,}/), [thought]);
  return paragraphs.map((text, index) => <ThoughtParagraph key={index} text={text} />);
}

const ThoughtParagraph = memo(function ThoughtParagraph({ text }: { text: string }) {
  return <p>{text}</p>;
});
