import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useSay } from "../texts.ts";

export interface SheetDialogProps {
  title: ReactNode;
  /** Whether the title is a name of any length, which is shortened. */
  isName?: boolean;
  /** A further class of the dialog. */
  className?: string;
  /** Returns what has the focus afterwards. If left out, what had it before. */
  finalFocus?: () => HTMLElement | null;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a title and a button that closes it. Esc closes it too. */
export function SheetDialog({
  title,
  isName = false,
  className = "",
  finalFocus,
  onClose,
  children,
}: SheetDialogProps) {
  const say = useSay("commands");
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup
          className={`dialog info-dialog ${className}`.trim()}
          {...(finalFocus !== undefined && { finalFocus })}
        >
          <header className="info-head">
            <Dialog.Title className={isName ? "dialog-title clip" : "dialog-title"}>{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={say("close")}>
              <X size={16} aria-hidden />
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
