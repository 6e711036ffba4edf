import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import type { TextRange } from "../../../electron/contract/chats.ts";
import type { Attachment, PassagePlace } from "../../../electron/contract/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PlainText } from "./PlainText.tsx";

/** A place in the text of a document: a piece of a page or chapter. */
export interface TextPlace {
  part: number;
  piece: number;
  /** How much of the piece is before the place, in UTF-16 code units. */
  skipped?: number;
}

export interface DocumentTextProps {
  attachment: Attachment;
  from: TextPlace;
  /** A passage that is marked, or null. */
  marked: PassagePlace | null;
  /** Whether it is scrolled to. */
  goesToMark: boolean;
  /** Shows text before this place. */
  onEarlier: () => void;
}

/** A piece of the text that was read, of a page or chapter. */
interface ShownPiece extends TextPlace {
  text: string;
  isIntact: boolean;
}

/**
 * The text from a place on. More of it is read when its end comes into sight, and what is marked is scrolled to once it is
 * there.
 */
export function DocumentText({ attachment, from, marked, goesToMark, onEarlier }: DocumentTextProps) {
  const say = useSay("chats");
  const read = useDocuments((state) => state.read);
  const [pieces, setPieces] = useState<readonly ShownPiece[]>([]);
  const [next, setNext] = useState<TextPlace | null>(from);
  const isReading = useRef(false);
  const end = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { id, unit, parts } = attachment;
  const { skipped = 0 } = from;

  const readOn = useEffectEvent(async (): Promise<void> => {
    if (next === null || isReading.current) return;
    isReading.current = true;
    const found = await read(id, next.part, next.piece);
    isReading.current = false;
    if (found === null) return setNext(null);
    setPieces((before) => [...before, { ...next, text: found.text, isIntact: found.isIntact }]);
    if (found.next !== null) setNext({ part: next.part, piece: found.next });
    else setNext(next.part < parts ? { part: next.part + 1, piece: 0 } : null);
  });
  useEffect(() => {
    const element = end.current;
    if (element === null || next === null) return undefined;
    // Made again for each piece, so that it also tells whether the end is still in sight.
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && void readOn(), {
      root: body.current,
      rootMargin: "600px",
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [next]);

  return (
    // So that the arrow keys scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="document-body" ref={body} tabIndex={0}>
      {pieces.some(({ isIntact }) => !isIntact) && <p className="hint is-wrong">{say("documents.changed")}</p>}
      {(from.piece > 0 || skipped > 0) && (
        <button type="button" className="text-button" onClick={onEarlier}>
          {say("documents.earlier")}
        </button>
      )}
      {pieces.map(({ part, piece, text }) => (
        <section key={`${part} ${piece}`} aria-label={unit === null ? undefined : partName(part)}>
          {unit !== null && piece === 0 && <h3 className="document-part">{partName(part)}</h3>}
          {text.trim() === "" ? (
            <p className="hint">{say("documents.emptyPart")}</p>
          ) : (
            <div className="plain-text" dir="auto">
              <MarkedPiece
                text={text}
                from={part === from.part && piece === from.piece ? skipped : 0}
                mark={markIn(pieces, { part, piece }, marked)}
                goesToMark={goesToMark}
              />
            </div>
          )}
        </section>
      ))}
      <div ref={end} className="document-end" aria-hidden />
    </div>
  );

  function partName(number: number): string {
    return unit === "chapter" ? say("documents.partChapter", { number }) : say("documents.partPage", { number });
  }
}

/** Returns where the passage is in a piece: it may begin in the one before. */
function markIn(pieces: readonly ShownPiece[], at: TextPlace, marked: PassagePlace | null): TextRange | null {
  if (marked === null || at.part !== marked.part || at.piece < marked.piece) return null;
  let before = 0;
  for (const { part, piece, text } of pieces) {
    if (part !== marked.part || piece < marked.piece) continue;
    if (piece === at.piece) {
      const start = Math.max(0, marked.start - before);
      const end = Math.min(text.length, marked.start + marked.length - before);
      return start < end ? [start, end] : null;
    }
    before += text.length;
  }
  return null;
}

interface MarkedPieceProps {
  text: string;
  /** Where it is shown from. */
  from: number;
  mark: TextRange | null;
  goesToMark: boolean;
}

/** Plain text with a marked part. */
function MarkedPiece({ text, from, mark, goesToMark }: MarkedPieceProps) {
  const place = useRef<HTMLElement>(null);
  const goesTo = goesToMark ? (mark?.[0] ?? null) : null;
  useLayoutEffect(() => {
    if (goesTo !== null) place.current?.scrollIntoView({ block: "center" });
  }, [goesTo]);
  if (mark === null) return <PlainText text={text.slice(from)} />;
  return (
    <>
      <PlainText text={text.slice(from, mark[0])} />
      <mark ref={place}>{text.slice(...mark)}</mark>
      <PlainText text={text.slice(mark[1])} />
    </>
  );
}
