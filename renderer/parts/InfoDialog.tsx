import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useSay } from "../texts.ts";

export interface InfoDialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that only informs: its text scrolls, and Esc closes it. */
export function InfoDialog({ title, onClose, children }: InfoDialogProps) {
  const say = useSay("commands");
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog info-dialog">
          <header className="info-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={say("close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          {/* So that the arrow keys scroll words without a link in them. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <div className="info-body" tabIndex={0}>
            {children}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
