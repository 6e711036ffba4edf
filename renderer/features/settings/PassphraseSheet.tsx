import { type FormEvent, useState } from "react";
import type { ChatKeys } from "../../../electron/contract/chatLock.ts";
import { isUsable, NewPassphrase, nothingTyped } from "../../parts/NewPassphrase.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { PresentPassphrase } from "./PresentPassphrase.tsx";

/** Sets, changes or removes the passphrase of the chats. */
export function PassphraseSheet({ keys, onClose }: { keys: ChatKeys; onClose: () => void }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const setPassphrase = useChatLock((state) => state.setPassphrase);
  const [before, setBefore] = useState("");
  const [typed, setTyped] = useState(nothingTyped);
  const [isTried, setTried] = useState(false);
  const has = keys.passphrase;
  const isReady = !has || before !== "";

  const save = async (after: string | null): Promise<void> => {
    if (!isBusy && (await setPassphrase(has ? before : null, after))) onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isUsable(typed) && isReady) void save(typed.first);
  };
  return (
    <SheetDialog title={say(has ? "change.title" : "change.setTitle")} className="lock-sheet" onClose={onClose}>
      <form className="info-body lock-form" aria-busy={isBusy} onSubmit={submit}>
        <PresentPassphrase value={has ? before : null} onChange={setBefore} />
        <NewPassphrase typed={typed} onChange={setTyped} isTried={isTried} isBusy={isBusy} />
        <p className="quiet">{say("turnOn.forgotten")}</p>
        {has && <p className="quiet">{say("change.earlier")}</p>}
        {has && keys.keychain && (
          <p>
            <button
              type="button"
              className="button is-danger"
              disabled={isBusy || !isReady}
              onClick={() => void save(null)}
            >
              {say("change.remove")}
            </button>
            <span className="hint">{say("change.removeHint")}</span>
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {say("shell:cancel")}
          </button>
          <button type="submit" className="button primary" disabled={!isReady} aria-disabled={isBusy}>
            {say(isBusy ? "change.saving" : has ? "change.save" : "change.set")}
          </button>
        </div>
      </form>
    </SheetDialog>
  );
}
