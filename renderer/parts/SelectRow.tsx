import { type ReactNode, useId } from "react";
import { Select } from "./Select.tsx";

export interface SelectRowProps {
  /** Of the list, so that others can move the focus to it. */
  id?: string;
  label: string;
  value: string;
  /** What the choice means. */
  hint?: string | undefined;
  disabled?: boolean;
  onChange: (value: string) => void;
  /** The options. */
  children: ReactNode;
}

/** A choice with its label, as two cells of a `facts` list. */
export function SelectRow({ id, label, value, hint, disabled = false, onChange, children }: SelectRowProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const hintId = useId();
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{label}</label>
      </dt>
      <dd>
        <Select
          id={fieldId}
          aria-describedby={hint === undefined ? undefined : hintId}
          value={value}
          disabled={disabled}
          onChange={({ target }) => onChange(target.value)}
        >
          {children}
        </Select>
        {hint !== undefined && (
          <p id={hintId} className="hint">
            {hint}
          </p>
        )}
      </dd>
    </>
  );
}
