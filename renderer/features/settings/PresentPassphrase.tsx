import { useEffect, useRef, useState } from "react";
import { PassphraseField } from "../../parts/PassphraseField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChatLock } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Asks for the passphrase that unlocks the chats, and says why a change was refused. `value`: null if there is none. */
export function PresentPassphrase({ value, onChange }: { value: string | null; onChange: (value: string) => void }) {
  const say = useSay("chatLock");
  const isBusy = useChatLock((state) => state.isBusy);
  const problem = useChatLock((state) => state.problem);
  const [isShown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const isWrong = value !== null && problem?.code === "chat-lock-refused" && problem.facts?.["case"] === "passphrase";
  useEffect(() => {
    if (isWrong) field.current?.select();
  }, [isWrong, problem]);
  return (
    <>
      {problem !== null && !isWrong && <ProblemNotice problem={problem} />}
      {value !== null && (
        <PassphraseField
          ref={field}
          label={say("change.before")}
          value={value}
          onChange={onChange}
          isShown={isShown}
          onShow={setShown}
          isBusy={isBusy}
          wrong={isWrong ? say("locked.wrong") : null}
        />
      )}
    </>
  );
}
