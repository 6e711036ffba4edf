import { memo, useState } from "react";
import { type GrowingText, growingText } from "../../stores/growingText.ts";
import { piecesFrom, TextPieces } from "./textPieces.ts";

/** Plain text of any length. Text out of sight is not laid out, and text that was cut into pieces is not cut again. */
export const PlainText = memo(function PlainText({ text, from = 0 }: { text: GrowingText | string; from?: number }) {
  const [cutter] = useState(() => new TextPieces());
  const pieces = piecesFrom(cutter.cut(typeof text === "string" ? growingText(text) : text), from);
  if (pieces.length === 1) return pieces[0]?.text;
  return pieces.map((piece) => <Piece key={piece.index} text={piece.text} />);
});

const Piece = memo(function Piece({ text }: { text: string }) {
  return <div className="text-piece">{text}</div>;
});
