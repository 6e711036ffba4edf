import { useEffect, useState, useSyncExternalStore } from "react";
import { growingText } from "../../stores/growingText.ts";
import { AnswerPart } from "./markdown/AnswerPart.tsx";
import { answerTypesetter } from "./markdown/answerTypesetter.ts";
import { numbersAbove } from "./markdown/numbersAbove.ts";
import { ReplyBlocks } from "./markdown/ReplyBlocks.ts";
import type { ReplyView } from "./markdown/replyView.ts";
import { PlainText } from "./PlainText.tsx";
import "katex/dist/katex.min.css";

/** An answer with every part of it typeset, however long it is. Calls `onDrawn` once it is complete. */
export function PrintedAnswer({ text, onDrawn }: { text: string; onDrawn: () => void }) {
  const [blocks] = useState(() => {
    // A hidden window may have no frames.
    const opened = new ReplyBlocks({ typesetter: answerTypesetter(), beforePaint: (work) => void setTimeout(work) });
    opened.setNear(true);
    opened.update(growingText(text), false);
    return opened;
  });
  const view = useSyncExternalStore(blocks.subscribe, blocks.view);
  const numbers = numbersAbove(view.parts);
  const isDrawn = isComplete(view);
  useEffect(() => {
    if (isDrawn) onDrawn();
  }, [isDrawn, onDrawn]);
  return (
    <div className="answer-text" data-testid="answer">
      {view.parts.map((part) => (
        <AnswerPart
          key={part.index}
          part={part}
          isDrawn
          isFar={false}
          hasNote={false}
          numbersBefore={numbers[part.index] ?? 0}
        />
      ))}
      {view.tailFrom < view.text.length && (
        <div className="plain-text">
          <PlainText text={view.text} from={view.tailFrom} />
        </div>
      )}
    </div>
  );
}

function isComplete({ parts, text, tailFrom, isTailPlain }: ReplyView): boolean {
  const isCut = tailFrom >= text.length || isTailPlain;
  return isCut && parts.every(({ blocks }) => blocks.every(({ state }) => state === "drawn" || state === "plain"));
}
