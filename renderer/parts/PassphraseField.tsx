import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, type RefObject, useId } from "react";
import { mostPassphrase } from "../../electron/contract/lockChoices.ts";
import { useSay } from "../texts.ts";
import { IconButton } from "./IconButton.tsx";

export interface PassphraseFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isShown: boolean;
  onShow: (isShown: boolean) => void;
  ref?: RefObject<HTMLInputElement | null>;
  /** What is wrong with it. */
  wrong?: string | null;
  hint?: ReactNode;
  isBusy?: boolean;
}

/** A passphrase, hidden until the user shows it. No password manager of a browser is involved. */
export function PassphraseField(props: PassphraseFieldProps) {
  const { label, value, onChange, isShown, onShow, ref, wrong = null, hint, isBusy = false } = props;
  const say = useSay("chatLock");
  const id = useId();
  const aboutId = useId();
  return (
    <div className="passphrase">
      <label htmlFor={id}>{label}</label>
      <span className="field">
        <input
          ref={ref}
          id={id}
          type={isShown ? "text" : "password"}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={mostPassphrase}
          value={value}
          // Not disabled, which would take the focus from it.
          readOnly={isBusy}
          aria-invalid={wrong !== null}
          aria-describedby={aboutId}
          onChange={({ target }) => onChange(target.value)}
        />
        <IconButton
          small
          label={say(isShown ? "locked.hide" : "locked.show")}
          aria-pressed={isShown}
          onClick={() => onShow(!isShown)}
        >
          {isShown ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
        </IconButton>
      </span>
      <div id={aboutId}>
        <p className="passphrase-wrong" role="alert">
          {wrong}
        </p>
        {hint !== undefined && <p className="hint">{hint}</p>}
      </div>
    </div>
  );
}
