import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useSay } from "../../texts.ts";

/** Covers the window while the chats are encrypted or decrypted, because nothing can be done with them meanwhile. */
export function LockProgress({ state }: { state: "encrypting" | "decrypting" }) {
  const say = useSay("chatLock");
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="dialog-shade" />
        <AlertDialog.Popup className="dialog lock-progress" aria-busy>
          <AlertDialog.Title className="dialog-title">{say(`working.${state}`)}</AlertDialog.Title>
          <progress className="progress" aria-label={say(`working.${state}`)} />
          <AlertDialog.Description className="quiet">{say("working.text")}</AlertDialog.Description>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
