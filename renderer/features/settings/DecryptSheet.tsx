import { type FormEvent, useState } from "react";
import type { ChatKeys } from "../../../electron/contract/chatLock.ts";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PresentPassphrase } from "./PresentPassphrase.tsx";

/** Turns the lock off, once the passphrase is known. */
export function DecryptSheet({ keys, onClose }: { keys: ChatKeys; onClose: () => void }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const turnOff = useChatLock((state) => state.turnOff);
  const erase = useChatLock((state) => state.erase);
  // Only earlier backups are still encrypted.
  const isDecrypted = useChatLock(({ info }) => info?.state === "decrypted");
  const [typed, setTyped] = useState("");
  const isReady = !keys.passphrase || typed !== "";
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isReady && !isBusy && (await turnOff(keys.passphrase ? typed : null))) onClose();
  };
  const giveUp = async (): Promise<void> => {
    if (await erase()) onClose();
  };
  return (
    <SheetDialog title={say("turnOff.title")} className="lock-sheet" onClose={onClose}>
      <form className="info-body lock-form" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
        <p>{say(isDecrypted ? "turnOff.backupsText" : "turnOff.text")}</p>
        <PresentPassphrase value={keys.passphrase ? typed : null} onChange={setTyped} />
        {isDecrypted && (
          <>
            <p className="quiet">{say("turnOff.eraseText")}</p>
            <div>
              <button type="button" className="button is-danger" disabled={isBusy} onClick={() => void giveUp()}>
                {say("turnOff.erase")}
              </button>
            </div>
          </>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {say("shell:cancel")}
          </button>
          <button type="submit" className="button primary" disabled={!isReady} aria-disabled={isBusy}>
            {say(isBusy ? "change.saving" : "turnOff.confirm")}
          </button>
        </div>
      </form>
    </SheetDialog>
  );
}
