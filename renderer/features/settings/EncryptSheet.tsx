import { TriangleAlert } from "lucide-react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { isUsable, NewPassphrase, nothingTyped } from "../../parts/NewPassphrase.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { LockLimits } from "./LockLimits.tsx";

const keyChoices = ["passphrase", "keychain", "both"] as const;
type KeyChoice = (typeof keyChoices)[number];

/** Turns the lock on: what it protects from, what unlocks the chats, and, once more, that nobody else can. */
export function EncryptSheet({ hasKeychain, onClose }: { hasKeychain: boolean; onClose: () => void }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const problem = useChatLock((state) => state.problem);
  const turnOn = useChatLock((state) => state.turnOn);
  const forgetProblem = useChatLock((state) => state.forgetProblem);
  const [key, setKey] = useState<KeyChoice>("passphrase");
  const [typed, setTyped] = useState(nothingTyped);
  const [isTried, setTried] = useState(false);
  const [isConfirming, setConfirming] = useState(false);
  const [isUnderstood, setUnderstood] = useState(false);
  const name = useId();
  const form = useRef<HTMLFormElement>(null);
  const hasPassphrase = key !== "keychain";
  // The button that had the focus is gone with the other step.
  useEffect(() => form.current?.focus(), [isConfirming]);

  const goOn = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!hasPassphrase || isUsable(typed)) setConfirming(true);
  };
  const goBack = (): void => {
    forgetProblem();
    setUnderstood(false);
    setConfirming(false);
  };
  const start = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isUnderstood || isBusy) return;
    const done = await turnOn({ passphrase: hasPassphrase ? typed.first : null, keychain: key !== "passphrase" });
    if (done) onClose();
  };
  const choose = (choice: KeyChoice): void => {
    setKey(choice);
    setTried(false);
  };
  if (isConfirming) {
    return (
      <SheetDialog title={say("turnOn.confirmTitle")} className="lock-sheet" onClose={onClose}>
        <form
          key="confirm"
          ref={form}
          tabIndex={-1}
          className="info-body lock-form"
          onSubmit={(event) => void start(event)}
        >
          {problem !== null && <ProblemNotice problem={problem} />}
          <Warning>{say(hasPassphrase ? "turnOn.forgotten" : "turnOn.keychainLost")}</Warning>
          <p>{say(hasPassphrase ? "turnOn.confirm" : "turnOn.confirmKeychain")}</p>
          <p className="quiet">{say("turnOn.temporary")}</p>
          <p className="quiet">{say("turnOn.remains")}</p>
          <label className="lock-check">
            <input
              type="checkbox"
              checked={isUnderstood}
              disabled={isBusy}
              onChange={({ target }) => setUnderstood(target.checked)}
            />
            <span>{say(hasPassphrase ? "turnOn.understood" : "turnOn.understoodKeychain")}</span>
          </label>
          <div className="dialog-actions">
            <button type="button" className="button" disabled={isBusy} onClick={goBack}>
              {say("turnOn.back")}
            </button>
            <button type="submit" className="button primary" disabled={!isUnderstood || isBusy}>
              {say("turnOn.start")}
            </button>
          </div>
        </form>
      </SheetDialog>
    );
  }
  return (
    <SheetDialog title={say("turnOn.title")} className="lock-sheet" onClose={onClose}>
      <form key="choose" ref={form} tabIndex={-1} className="info-body lock-form" onSubmit={goOn}>
        <LockLimits />
        {!hasKeychain && <p className="quiet">{say("turnOn.noKeychain")}</p>}
        {hasKeychain && (
          <fieldset className="lock-keys">
            <legend>{say("turnOn.keys")}</legend>
            {keyChoices.map((choice) => (
              <label key={choice} className="lock-check">
                <input type="radio" name={name} checked={key === choice} onChange={() => choose(choice)} />
                <span>
                  {say(`turnOn.key.${choice}`)}
                  <span className="hint">{say(`turnOn.key.${choice}Meaning`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {hasPassphrase && <NewPassphrase typed={typed} onChange={setTyped} isTried={isTried} />}
        <Warning>{say(hasPassphrase ? "turnOn.forgotten" : "turnOn.keychainLost")}</Warning>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {say("shell:cancel")}
          </button>
          <button type="submit" className="button primary">
            {say("turnOn.next")}
          </button>
        </div>
      </form>
    </SheetDialog>
  );
}

function Warning({ children }: { children: string }) {
  return (
    <p className="lock-warning">
      <TriangleAlert size={16} aria-hidden />
      <span>{children}</span>
    </p>
  );
}
