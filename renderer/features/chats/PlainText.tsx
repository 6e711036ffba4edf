import { memo, useState } from "react";
import { type GrowingText, growingText } from "../../stores/growingText.ts";
import { piecesFrom, TextPieces } from "./textPieces.ts";

/** The number of pieces in a group. The layout of a group out of sight is skipped as a whole. */
const groupPieces = 16;

/** Plain text of any length. Text out of sight is not laid out, and pieces that have been cut stay as they are. */
export const PlainText = memo(function PlainText({ text, from = 0 }: { text: GrowingText | string; from?: number }) {
  const [cutter] = useState(() => new TextPieces());
  const pieces = piecesFrom(cutter.cut(typeof text === "string" ? growingText(text) : text), from);
  if (pieces.length === 1) return pieces[0]?.text;
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
    return (
      <div className={pieces.length === groupPieces ? "text-pieces is-full" : "text-pieces"}>
        {pieces.map((piece) => (
          <div key={piece.index} className="text-piece">
            {piece.text}
          </div>
        ))}
      </div>
    );
  },
  (before, after) =>
    before.pieces.length === after.pieces.length &&
    before.pieces.every(({ text }, index) => text === after.pieces[index]?.text),
);
