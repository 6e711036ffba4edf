import { useId, useState } from "react";
import { useSay } from "../texts.ts";

export interface NumberFieldProps {
  /** Of the field, so that others can move the focus to it. */
  id?: string;
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
  const { id, label, value, min, max, whole = true, placeholder, unit, hint, onChange } = props;
  const say = useSay("settings");
  const [typed, setTyped] = useState(value === null ? "" : String(value));
  const ownId = useId();
  const fieldId = id ?? ownId;
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
        <span className="field number-field">
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
          {unit !== undefined && <span className="unit">{unit}</span>}
        </span>
        <p id={hintId} className={isValid ? "hint" : "hint is-wrong"}>
          {isValid ? hint : say(whole ? "number.wrongWhole" : "number.wrong", { least: min, most: max })}
        </p>
      </dd>
    </>
  );
}

const isStep = (value: number, whole: boolean): boolean => !whole || Number.isInteger(value);
