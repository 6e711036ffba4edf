import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import type { PassagePlace } from "../../../electron/contract/documents.ts";
import type { OpenedDocument } from "../../stores/documents.ts";
import { useDocuments } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DocumentText, type TextPlace } from "./DocumentText.tsx";
import { useDocumentFacts } from "./useDocumentFacts.ts";
import "./documentSheet.css";

/** How much text is shown before a passage at first. More of it would be laid out while the passage is scrolled to. */
const leadChars = 1500;

/** Shows the text of the document that was opened: over the chat, or beside it with a passage marked. */
export function DocumentSheet() {
  const opened = useDocuments((state) => state.opened);
  if (opened === null) return null;
  return <OpenedSheet key={`${opened.attachment.id} ${opened.passage}`} opened={opened} />;
}

function OpenedSheet({ opened: { attachment, passage } }: { opened: OpenedDocument }) {
  const say = useSay("chats");
  const factsOf = useDocumentFacts();
  const open = useDocuments((state) => state.open);
  const placeOf = useDocuments((state) => state.placeOf);
  const { id, name, unit, parts, pages } = attachment;
  const [marked, setMarked] = useState<PassagePlace | null>(null);
  const [from, setFrom] = useState<TextPlace | null>(
    passage === null ? { part: pages?.[0]?.first ?? 1, piece: 0 } : null,
  );
  useEffect(() => {
    if (passage === null) return undefined;
    let isShown = true;
    void placeOf(id, passage).then((place) => {
      if (!isShown) return;
      setMarked(place);
      if (place === null) return setFrom({ part: 1, piece: 0 });
      setFrom({ part: place.part, piece: place.piece, skipped: Math.max(0, place.start - leadChars) });
    });
    return () => {
      isShown = false;
    };
  }, [id, passage, placeOf]);
  /** Whether the passage is shown as it was opened. */
  const [isAsOpened, setAsOpened] = useState(true);
  const goTo = (place: TextPlace): void => {
    setAsOpened(false);
    setFrom(place);
  };
  const isBeside = passage !== null;
  useEffect(() => {
    if (!isBeside) return undefined;
    const { dataset } = document.documentElement;
    dataset["beside"] = "document";
    return () => {
      delete dataset["beside"];
    };
  }, [isBeside]);
  return (
    // Beside the chat, one goes on reading the answer, so that a click there does not close it.
    <Dialog.Root
      open
      modal={!isBeside}
      disablePointerDismissal={isBeside}
      onOpenChange={(isOpen) => !isOpen && open(null)}
    >
      <Dialog.Portal>
        {!isBeside && <Dialog.Backdrop className="dialog-shade" />}
        <Dialog.Popup className={isBeside ? "dialog document-sheet is-beside" : "dialog document-sheet"}>
          <header className="document-head">
            <Dialog.Title className="dialog-title grow">
              {passage !== null && <span className="figure">[{passage}] </span>}
              <bdi>{name}</bdi> <span className="quiet">{factsOf(attachment, { isSent: isBeside })}</span>
            </Dialog.Title>
            {unit !== null && parts > 1 && from !== null && (
              <label className="document-goto">
                {say("documents.goTo")}
                <input
                  className="field figure"
                  type="number"
                  min={1}
                  max={parts}
                  // Not controlled, so that it can be emptied while one types.
                  defaultValue={from.part}
                  onChange={({ target }) => {
                    const part = target.valueAsNumber;
                    if (Number.isInteger(part) && part >= 1 && part <= parts) goTo({ part, piece: 0 });
                  }}
                />
              </label>
            )}
            <Dialog.Close className="icon-button" aria-label={say("commands:close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          {from !== null && (
            <DocumentText
              key={`${from.part} ${from.piece} ${from.skipped}`}
              attachment={attachment}
              from={from}
              marked={marked}
              goesToMark={isAsOpened}
              onEarlier={() => goTo({ part: from.part, piece: from.skipped ? from.piece : from.piece - 1 })}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
