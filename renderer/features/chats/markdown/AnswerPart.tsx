import { memo, useLayoutEffect, useRef } from "react";
import { drawTree } from "./drawTree.tsx";
import { PlainNote } from "./PlainNote.tsx";
import { PlainText } from "../PlainText.tsx";
import type { BlockView, PartView } from "./replyView.ts";

export interface AnswerPartProps {
  part: PartView;
  /** False far from the visible part. The text is then plain: cheap, but found by search and screen readers. */
  isDrawn: boolean;
  /** Whether it is laid out only once it is visible. */
  isFar: boolean;
  /** Whether the first piece of plain text in the reply, with a note that says why it is plain, is in this part. */
  hasNote: boolean;
  /** How many lines of formulas above it have a number. */
  numbersBefore: number;
}

export const AnswerPart = memo(function AnswerPart({ part, isDrawn, isFar, hasNote, numbersBefore }: AnswerPartProps) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // The others of the part are reached from it with the arrow keys.
    place.current?.querySelector<HTMLElement>(".formula[tabindex]")?.setAttribute("tabindex", "0");
  });
  const firstPlain = hasNote ? part.blocks.findIndex(({ state }) => state === "plain") : -1;
  let numbers = numbersBefore;
  const before = (index: number): number => {
    const count = numbers;
    numbers += part.blocks[index]?.numbers ?? 0;
    return count;
  };
  return (
    <div ref={place} className={isFar ? "answer-part is-far" : "answer-part"} data-part={part.index}>
      {isDrawn ? (
        // Blocks are only added at the end, so the index identifies a block.
        part.blocks.map((block, index) => (
          <Block key={index} block={block} hasNote={index === firstPlain} numbersBefore={before(index)} />
        ))
      ) : (
        <div className="plain-text">
          <PlainText text={part.blocks.map(({ source }) => source).join("")} />
        </div>
      )}
    </div>
  );
});

interface BlockProps {
  block: BlockView;
  hasNote: boolean;
  numbersBefore: number;
}

const Block = memo(
  function Block({ block, hasNote, numbersBefore }: BlockProps) {
    const { source, root, rest, state } = block;
    if (root) {
      return (
        <>
          {drawTree(root, numbersBefore)}
          {rest !== "" && (
            <div className="plain-text is-waiting is-late">
              <PlainText text={rest} />
            </div>
          )}
        </>
      );
    }
    return (
      <>
        {hasNote && <PlainNote isRest={false} />}
        <div className={state === "waiting" ? "plain-text is-waiting" : "plain-text"}>
          <PlainText text={source} />
        </div>
      </>
    );
  },
  (before, after) =>
    before.hasNote === after.hasNote &&
    before.numbersBefore === after.numbersBefore &&
    before.block.root === after.block.root &&
    before.block.source === after.block.source &&
    before.block.rest === after.block.rest &&
    before.block.state === after.block.state,
);
