import { Dialog } from "@base-ui/react/dialog";
import { useEffect, useRef } from "react";
import { useFit, useOpenedFiles } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { OpenedFileCard } from "./OpenedFileCard.tsx";

export interface OpenedFilesProps {
  /** Called before a model is used, so that a chat is shown. */
  onUse: () => void;
}

/** The files that were opened with the app, over whatever is shown. Nothing is done with them until a button is pressed. */
export function OpenedFiles({ onUse }: OpenedFilesProps) {
  const say = useSay("models");
  const files = useOpenedFiles((state) => state.files);
  const isCut = useOpenedFiles((state) => state.isCut);
  const close = useOpenedFiles((state) => state.close);
  const estimateWhenIdle = useFit((state) => state.estimateWhenIdle);
  const popup = useRef<HTMLDivElement>(null);
  const isOpen = files.length > 0;
  const isAnyNew = files.some(({ look }) => look.state === "read" && !look.isListed);
  useEffect(() => {
    if (isOpen) void estimateWhenIdle();
  }, [isOpen, estimateWhenIdle]);
  if (!isOpen) return null;
  const closeAll = (): void => void close(files.map(({ id }) => id));
  const foot = (
    <>
      <p className="small quiet grow">{isAnyNew && say("opened.note")}</p>
      <Dialog.Close className="button">{say("menu.close")}</Dialog.Close>
    </>
  );
  const isSingle = files.length === 1;
  return (
    <Dialog.Root open disablePointerDismissal onOpenChange={(open) => !open && closeAll()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        {/* It may open while someone types, so no button has the focus. */}
        <Dialog.Popup ref={popup} className="dialog opened-files" initialFocus={popup}>
          <Dialog.Title className="dialog-title">{say("opened.title")}</Dialog.Title>
          <ul className="opened-list scroll">
            {files.map((file) => (
              <OpenedFileCard key={file.id} file={file} onUse={onUse}>
                {isSingle && foot}
              </OpenedFileCard>
            ))}
          </ul>
          {isCut && <p className="small quiet">{say("opened.cut")}</p>}
          {!isSingle && <div className="opened-actions">{foot}</div>}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
