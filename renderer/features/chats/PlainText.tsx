import { memo, useState } from "react";
import { type GrowingText, growingText } from "../../stores/growingText.ts";
import { useIsNear } from "./markdown/useIsNear.ts";
import { piecesFrom, TextPieces } from "./textPieces.ts";

/** A text of more pieces is laid out only near the visible part. */
const maxPiecesLaidOutFar = 8;

/** The number of pieces in a group. The layout of a group out of sight is skipped as a whole. */
const groupPieces = 16;

/** Plain text of any length. Long text is laid out near the visible part only; pieces that have been cut stay as they are. */
export const PlainText = memo(function PlainText({ text, from = 0 }: { text: GrowingText | string; from?: number }) {
  const [cutter] = useState(() => new TextPieces());
  const pieces = piecesFrom(cutter.cut(typeof text === "string" ? growingText(text) : text), from);
  if (pieces.length === 1) return pieces[0]?.text;
  if (pieces.length <= maxPiecesLaidOutFar) {
    return pieces.map(({ index, text: piece }) => (
      <div key={index} className="text-piece">
        {piece}
      </div>
    ));
  }
  return inGroups(pieces).map((group) => <Group key={groupOf(group[0])} pieces={group} />);
});

type Piece = ReturnType<typeof piecesFrom>[number];

const groupOf = (piece: Piece | undefined): number => Math.floor((piece?.index ?? 0) / groupPieces);

function inGroups(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last && groupOf(last[0]) === groupOf(piece)) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

const Group = memo(
  function Group({ pieces }: { pieces: readonly Piece[] }) {
    const [place, isNear] = useIsNear();
    const isFar = !isNear && pieces.length === groupPieces;
    return (
      <div ref={place} className={isFar ? "text-pieces is-far" : "text-pieces"}>
        {pieces.map(({ index, text }) => (
          <FarPiece key={index} text={text} />
        ))}
      </div>
    );
  },
  (before, after) =>
    before.pieces.length === after.pieces.length &&
    before.pieces.every(({ text }, index) => text === after.pieces[index]?.text),
);

const FarPiece = memo(function FarPiece({ text }: { text: string }) {
  const [place, isNear] = useIsNear();
  return (
    <div ref={place} className={isNear ? "text-piece" : "text-piece is-far"}>
      {text}
    </div>
  );
});
