import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { useSay } from "../texts.ts";

export interface ConfirmProps {
  /** What is asked, as a question. */
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The button's word for yes. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks once before something that is not easily taken back. */
export function Confirm({ title, children, action, onConfirm, onClose }: ConfirmProps) {
  const say = useSay("shell");
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-shade" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="dialog-words">
            {children}
          </AlertDialog.Description>
          <div className="dialog-actions">
            <AlertDialog.Close className="button">{say("cancel")}</AlertDialog.Close>
            <AlertDialog.Close className="button primary" onClick={onConfirm}>
              {action}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
