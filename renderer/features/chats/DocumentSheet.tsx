import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Attachment } from "../../../electron/contract/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PlainText } from "./PlainText.tsx";
import { useDocumentFacts } from "./useDocumentFacts.ts";
import "./documentSheet.css";

/** Shows the text of the document that was opened, over the chat. */
export function DocumentSheet() {
  const opened = useDocuments((state) => state.opened);
  return opened === null ? null : <OpenedDocument key={opened.id} attachment={opened} />;
}

/** A piece of the text that was read, of a page or chapter. */
interface ShownPiece {
  part: number;
  piece: number;
  text: string;
  isIntact: boolean;
}

/** Where reading goes on. */
interface Place {
  part: number;
  piece: number;
}

function OpenedDocument({ attachment }: { attachment: Attachment }) {
  const say = useSay("chats");
  const factsOf = useDocumentFacts();
  const open = useDocuments((state) => state.open);
  const [from, setFrom] = useState(attachment.pages?.[0]?.first ?? 1);
  const { name, unit, parts } = attachment;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && open(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog document-sheet">
          <header className="document-head">
            <Dialog.Title className="dialog-title grow">
              <bdi>{name}</bdi> <span className="quiet">{factsOf(attachment)}</span>
            </Dialog.Title>
            {unit !== null && parts > 1 && (
              <label className="document-goto">
                {say("documents.goTo")}
                <input
                  className="field figure"
                  type="number"
                  min={1}
                  max={parts}
                  // Not controlled, so that it can be emptied while one types.
                  defaultValue={from}
                  onChange={({ target }) => {
                    const part = target.valueAsNumber;
                    if (Number.isInteger(part) && part >= 1 && part <= parts) setFrom(part);
                  }}
                />
              </label>
            )}
            <Dialog.Close className="icon-button" aria-label={say("commands:close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          <DocumentText key={from} attachment={attachment} from={from} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The text from a page or chapter on. More of it is read when its end comes into sight. */
function DocumentText({ attachment, from }: { attachment: Attachment; from: number }) {
  const say = useSay("chats");
  const read = useDocuments((state) => state.read);
  const [pieces, setPieces] = useState<readonly ShownPiece[]>([]);
  const [next, setNext] = useState<Place | null>({ part: from, piece: 0 });
  const isReading = useRef(false);
  const end = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { id, unit, parts } = attachment;

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
      {pieces.map(({ part, piece, text }) => (
        <section key={`${part} ${piece}`} aria-label={unit === null ? undefined : partName(part)}>
          {unit !== null && piece === 0 && <h3 className="document-part">{partName(part)}</h3>}
          {text.trim() === "" ? (
            <p className="hint">{say("documents.emptyPart")}</p>
          ) : (
            <div className="plain-text" dir="auto">
              <PlainText text={text} />
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
