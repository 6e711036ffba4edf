import { useId } from "react";

export interface SelectFieldProps<Value> {
  label: string;
  /** Null is the first option: left to the app. */
  value: Value | null;
  /** What null is called. */
  open: string;
  options: readonly { value: Value; label: string }[];
  hint: string;
  onChange: (value: Value | null) => void;
}

/** A choice that may be left open, as two cells of a `facts` list. */
export function SelectField<Value extends string | boolean>(props: SelectFieldProps<Value>) {
  const { label, value, open, options, hint, onChange } = props;
  const fieldId = useId();
  const hintId = useId();
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{label}</label>
      </dt>
      <dd>
        <select
          id={fieldId}
          aria-describedby={hintId}
          value={value === null ? "" : String(value)}
          onChange={({ target }) =>
            onChange(options.find((option) => String(option.value) === target.value)?.value ?? null)
          }
        >
          <option value="">{open}</option>
          {options.map((option) => (
            <option key={String(option.value)} value={String(option.value)}>
              {option.label}
            </option>
          ))}
        </select>
        <p id={hintId} className="hint">
          {hint}
        </p>
      </dd>
    </>
  );
}
