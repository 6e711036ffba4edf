import { ChevronsUpDown, X } from "lucide-react";
import { memo, useMemo } from "react";
import { aboutTokens } from "../../../electron/contract/aboutTokens.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useFigures, useSay } from "../../texts.ts";

export interface PastedChipProps {
  text: string;
  /** Counted from 1 if there are several. */
  number: number | null;
  /** Puts the text into the field. */
  onUnfold: () => void;
  onRemove: () => void;
}

/** A long text that was pasted: part of the message, but not of the field. */
export const PastedChip = memo(function PastedChip({ text, number, onUnfold, onRemove }: PastedChipProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const facts = useMemo(() => {
    const bytes = new Blob([text]).size;
    return { size: figures.bytes(bytes), tokens: figures.tokens(Number(aboutTokens(text).toPrecision(2))) };
  }, [text, figures]);
  const name = number === null ? say("pasted.name") : say("pasted.numbered", { number });
  const start = text.slice(0, 200).trim().replaceAll(/\s+/gu, " ");
  return (
    <li className="chip" title={start}>
      <span className="clip">
        {name} <span className="quiet">{say("pasted.facts", facts)}</span>
      </span>
      <IconButton small label={say("pasted.unfold", { name })} tip={say("pasted.unfoldHint")} onClick={onUnfold}>
        <ChevronsUpDown size={14} aria-hidden />
      </IconButton>
      <IconButton small label={say("pasted.remove", { name })} onClick={onRemove}>
        <X size={14} aria-hidden />
      </IconButton>
    </li>
  );
});
