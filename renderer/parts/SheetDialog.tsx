import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { useSay } from "../texts.ts";

export interface SheetDialogProps {
  title: ReactNode;
  /** Whether the title is a name of any length, which is shortened. */
  isName?: boolean;
  /** A further class of the dialog. */
  className?: string;
  /** What can be done with it, beside the button that closes it. */
  actions?: ReactNode;
  /** What has the focus at first. If left out, the first button. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Returns what has the focus afterwards. If left out, and for `true`: what had it before. */
  finalFocus?: () => HTMLElement | true | null;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with a title and a button that closes it. Esc closes it too. */
export function SheetDialog({
  title,
  isName = false,
  className = "",
  actions,
  initialFocus,
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
          {...(initialFocus !== undefined && { initialFocus })}
          {...(finalFocus !== undefined && { finalFocus })}
        >
          <header className="info-head">
            <Dialog.Title className={isName ? "dialog-title clip" : "dialog-title"}>{title}</Dialog.Title>
            {actions !== undefined && <span className="info-actions">{actions}</span>}
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
