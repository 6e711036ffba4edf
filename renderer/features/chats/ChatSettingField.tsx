import { useId, useState } from "react";
import { useSay } from "../../texts.ts";

export interface ChatSettingFieldProps {
  label: string;
  /** Null: the default applies, and the field is empty. */
  value: number | null;
  min: number;
  max: number;
  isWhole?: boolean;
  /** What the empty field shows: the default's value. */
  open: string;
  /** Where the default comes from. */
  byDefault: string;
  onChange: (value: number | null) => void;
}

/** A number that replaces a default in this chat. It takes effect as it is typed. */
export function ChatSettingField(props: ChatSettingFieldProps) {
  const { label, value, min, max, isWhole = false, open, byDefault, onChange } = props;
  const say = useSay("chats");
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const [shown, setShown] = useState(value);
  // It was changed in another window, or by a reset.
  if (value !== shown) {
    setShown(value);
    if (parse(typed, { min, max, isWhole }) !== value) setTyped(value === null ? "" : String(value));
  }
  const fieldId = useId();
  const hintId = useId();
  const isGood = parse(typed, { min, max, isWhole }) !== undefined;
  const change = (next: string): void => {
    setTyped(next);
    const number = parse(next, { min, max, isWhole });
    if (number !== undefined && number !== value) onChange(number);
  };
  return (
    <div className="chat-setting">
      <span className="chat-setting-top">
        <label htmlFor={fieldId}>{label}</label>
        {typed !== "" && (
          <button
            type="button"
            className="text-button"
            aria-label={say("settings.resetOf", { name: label })}
            onClick={() => {
              document.getElementById(fieldId)?.focus();
              change("");
            }}
          >
            {say("settings.reset")}
          </button>
        )}
      </span>
      <input
        id={fieldId}
        className="figure"
        inputMode={isWhole ? "numeric" : "decimal"}
        placeholder={open}
        value={typed}
        aria-invalid={!isGood}
        aria-describedby={hintId}
        onChange={({ target }) => change(target.value)}
      />
      <span id={hintId} className={isGood ? "small quiet" : "small hint is-wrong"}>
        {isGood
          ? byDefault
          : say(isWhole ? "settings:number.wrongWhole" : "settings:number.wrong", { least: min, most: max })}
      </span>
    </div>
  );
}

/** Returns the number, null for an empty field, or undefined if it is not allowed. A comma is a decimal point too. */
function parse(typed: string, { min, max, isWhole }: { min: number; max: number; isWhole: boolean }) {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  const number = Number(text);
  return Number.isFinite(number) && number >= min && number <= max && (!isWhole || Number.isInteger(number))
    ? number
    : undefined;
}
