import { useId, useState } from "react";
import { useSay } from "../texts.ts";

export interface NumberFieldProps {
  label: string;
  /** Null is shown as an empty field; the app then decides. */
  value: number | null;
  min: number;
  max: number;
  /** Whole numbers only. */
  whole?: boolean;
  placeholder?: string;
  unit?: string;
  hint: string;
  onChange: (value: number | null) => void;
}

/** A number that may be empty, as two cells of a `facts` list. Saved on blur or Enter. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, min, max, whole = true, placeholder, unit, hint, onChange } = props;
  const say = useSay("settings");
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const fieldId = useId();
  const hintId = useId();
  const number = Number(typed);
  const isValid = typed === "" || (Number.isFinite(number) && number >= min && number <= max && isStep(number, whole));
  const keep = (): void => {
    const next = typed === "" ? null : number;
    if (isValid && next !== value) onChange(next);
  };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{label}</label>
      </dt>
      <dd>
        <input
          id={fieldId}
          className="figure"
          inputMode={whole ? "numeric" : "decimal"}
          placeholder={placeholder ?? say("number.auto")}
          value={typed}
          aria-invalid={!isValid}
          aria-describedby={hintId}
          onChange={({ target }) => setTyped(target.value.trim())}
          onBlur={keep}
          onKeyDown={({ key }) => key === "Enter" && keep()}
        />
        {unit !== undefined && ` ${unit}`}
        <p id={hintId} className={isValid ? "hint" : "hint is-wrong"}>
          {isValid ? hint : say(whole ? "number.wrongWhole" : "number.wrong", { least: min, most: max })}
        </p>
      </dd>
    </>
  );
}

const isStep = (value: number, whole: boolean): boolean => !whole || Number.isInteger(value);
