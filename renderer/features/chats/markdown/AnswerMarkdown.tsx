import "katex/dist/katex.min.css";
import { memo, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { GrowingText } from "../../../stores/growingText.ts";
import { AnswerPart } from "./AnswerPart.tsx";
import { answerTypesetter } from "./answerTypesetter.ts";
import { PlainNote } from "./PlainNote.tsx";
import { FormulaMenu } from "./FormulaMenu.tsx";
import { numbersAbove } from "./numbersAbove.ts";
import { useFormulaMenu } from "./useFormulaMenu.ts";
import { PlainText } from "../PlainText.tsx";
import { ReplyBlocks } from "./ReplyBlocks.ts";
import { useNearness } from "./useNearness.ts";

/** A longer reply, counted in elements and texts, is rendered only near the visible part. */
const maxNodesDrawnFar = 5_000;
/** A longer reply is laid out only near the visible part. */
const maxCharsLaidOutFar = 50_000;

export interface AnswerMarkdownProps {
  text: GrowingText;
  /** Whether more text will arrive. */
  isWriting: boolean;
}

/**
 * A model's answer as Markdown. The text is untrusted: it is parsed in a worker within limits, raw HTML is shown as
 * text, images are never loaded, and only main opens links. A streamed reply ends up rendered like a stored one.
 */
export const AnswerMarkdown = memo(function AnswerMarkdown({ text, isWriting }: AnswerMarkdownProps) {
  const [blocks] = useState(() => new ReplyBlocks({ typesetter: answerTypesetter() }));
  const view = useSyncExternalStore(blocks.subscribe, blocks.view);
  const place = useRef<HTMLDivElement>(null);
  const nearParts = useNearness(place, blocks);
  // Before the paint, so that new text is not shown a frame late.
  useLayoutEffect(() => blocks.update(text, isWriting), [blocks, text, isWriting]);
  useEffect(() => () => blocks.setNear(false), [blocks]);

  const isSmall = view.nodes <= maxNodesDrawnFar;
  const isShort = isSmall && view.text.length <= maxCharsLaidOutFar;
  const hasTail = view.tailFrom < view.text.length;
  const { firstPlainPart } = view;
  const numbers = numbersAbove(view.parts);
  const { formula, close } = useFormulaMenu(place);
  return (
    <>
      <div ref={place} className="answer-text" data-testid="answer">
        {view.parts.map((part) => (
          <AnswerPart
            key={part.index}
            part={part}
            isDrawn={isSmall || nearParts.has(part.index)}
            isFar={!isShort && !nearParts.has(part.index)}
            hasNote={part.index === firstPlainPart}
            numbersBefore={numbers[part.index] ?? 0}
          />
        ))}
        {hasTail && view.isTailPlain && <PlainNote isRest={firstPlainPart === null} />}
        {hasTail && (
          <div className={view.isTailPlain ? "plain-text" : "plain-text is-waiting"}>
            <PlainText text={view.text} from={view.tailFrom} />
          </div>
        )}
      </div>
      {formula !== null && <FormulaMenu formula={formula} onClose={close} />}
    </>
  );
});
