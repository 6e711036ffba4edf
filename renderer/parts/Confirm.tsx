import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";
import { useSay } from "../texts.ts";
import { ignoreSecondClick } from "./ignoreSecondClick.ts";

export interface ConfirmProps {
  /** The question. */
  title: string;
  /** What the action will do. */
  children: ReactNode;
  /** The label of the button that confirms. */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks for confirmation before an action that cannot easily be undone. */
export function Confirm({ title, children, action, onConfirm, onClose }: ConfirmProps) {
  const say = useSay("shell");
  const confirm = (): void => {
    ignoreSecondClick();
    onConfirm();
  };
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
            <AlertDialog.Close className="button" onClick={ignoreSecondClick}>
              {say("cancel")}
            </AlertDialog.Close>
            <AlertDialog.Close className="button primary" onClick={confirm}>
              {action}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
