import { type FormEvent, useEffect, useRef, useState } from "react";
import type { ChatKeys } from "../../../electron/contract/chatLock.ts";
import type { Problem } from "../../../electron/contract/errors.ts";
import { PassphraseField } from "../../parts/PassphraseField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Unlocks the chats with the passphrase or the keychain, whichever can. */
export function UnlockForm({ opensWith, hasKeychain }: { opensWith: ChatKeys; hasKeychain: boolean }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const problem = useChatLock((state) => state.problem);
  const unlock = useChatLock((state) => state.unlock);
  const forgetProblem = useChatLock((state) => state.forgetProblem);
  const [byKeychain, setByKeychain] = useState(opensWith.keychain && (hasKeychain || !opensWith.passphrase));
  const [typed, setTyped] = useState("");
  const [isShown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isWrong = isRefused(problem, "passphrase");
  const hasNoKey = isRefused(problem, "keychain") || isRefused(problem, "noKeychain");

  // The window is there for this, and nothing else in it is worth a key.
  useEffect(() => {
    if (byKeychain) button.current?.focus();
    else field.current?.focus();
  }, [byKeychain]);
  useEffect(() => {
    if (isWrong) field.current?.select();
  }, [isWrong, problem]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || (!byKeychain && typed === "")) return;
    field.current?.focus();
    if (await unlock(byKeychain ? null : typed)) setTyped("");
  };
  const turn = (): void => {
    forgetProblem();
    setByKeychain(!byKeychain);
  };
  return (
    <form className="unlock" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
      {problem !== null && !isWrong && <ProblemNotice problem={problem} />}
      {!byKeychain && (
        <PassphraseField
          ref={field}
          label={say("locked.passphrase")}
          value={typed}
          onChange={setTyped}
          isShown={isShown}
          onShow={setShown}
          isBusy={isBusy}
          wrong={isWrong ? say("locked.wrong") : null}
        />
      )}
      <button ref={button} type="submit" className="button primary" aria-disabled={isBusy}>
        {say(isBusy ? "locked.unlocking" : "locked.unlock")}
      </button>
      {opensWith.keychain && opensWith.passphrase && (
        <button type="button" className={hasNoKey ? "button" : "text-button"} onClick={turn}>
          {say(byKeychain ? "locked.usePassphrase" : "locked.useKeychain")}
        </button>
      )}
    </form>
  );
}

function isRefused(problem: Problem | null, why: "passphrase" | "keychain" | "noKeychain"): boolean {
  return problem?.code === "chat-lock-refused" && problem.facts?.["case"] === why;
}
