import { useState } from "react";
import { leastPassphrase } from "../../electron/contract/lockChoices.ts";
import { useSay } from "../texts.ts";
import { PassphraseField } from "./PassphraseField.tsx";

export interface TypedPassphrase {
  first: string;
  again: string;
}

export const nothingTyped: TypedPassphrase = { first: "", again: "" };

/** Returns whether a new passphrase can be used. */
export const isUsable = ({ first, again }: TypedPassphrase): boolean => isLong(first) && first === again;
// As main counts them.
const isLong = (text: string): boolean => Array.from(text).length >= leastPassphrase;

export interface NewPassphraseProps {
  typed: TypedPassphrase;
  onChange: (typed: TypedPassphrase) => void;
  /** Whether to say what is wrong, because the user has tried to go on. */
  isTried: boolean;
  isBusy?: boolean;
}

/** A new passphrase, typed twice. */
export function NewPassphrase({ typed, onChange, isTried, isBusy = false }: NewPassphraseProps) {
  const say = useSay("chatLock");
  const [isShown, setShown] = useState(false);
  const { first, again } = typed;
  const isShort = isTried && !isLong(first);
  return (
    <>
      <PassphraseField
        label={say("new.first")}
        value={first}
        onChange={(value) => onChange({ ...typed, first: value })}
        isShown={isShown}
        onShow={setShown}
        isBusy={isBusy}
        wrong={isShort ? say("new.tooShort", { least: leastPassphrase }) : null}
        hint={say("new.hint", { least: leastPassphrase })}
      />
      <PassphraseField
        label={say("new.again")}
        value={again}
        onChange={(value) => onChange({ ...typed, again: value })}
        isShown={isShown}
        onShow={setShown}
        isBusy={isBusy}
        wrong={isTried && !isShort && first !== again ? say("new.different") : null}
      />
    </>
  );
}
