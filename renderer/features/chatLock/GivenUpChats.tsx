import { useId, useState } from "react";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/**
 * What it means that the chats cannot be unlocked any more, and the way to start without them. `hasPassphrase`: whether
 * one was set; null: not known.
 */
export function GivenUpChats({ hasPassphrase }: { hasPassphrase: boolean | null }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const erase = useChatLock((state) => state.erase);
  const [isOpen, setOpen] = useState(hasPassphrase === null);
  const id = useId();
  const [question, meaning] =
    hasPassphrase === false
      ? [say("locked.keychainLost"), say("locked.keychainLostText")]
      : [say("locked.forgotten"), say("locked.forgottenText")];
  return (
    <div className="given-up">
      {hasPassphrase !== null && (
        <button
          type="button"
          className="text-button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {question}
        </button>
      )}
      <div id={id} hidden={!isOpen}>
        {hasPassphrase !== null && <p>{meaning}</p>}
        <p>{say("locked.eraseText")}</p>
        <button type="button" className="button is-danger" disabled={isBusy} onClick={() => void erase()}>
          {say("locked.erase")}
        </button>
      </div>
    </div>
  );
}
