import { type ReactNode, useId } from "react";

export interface SelectRowProps {
  label: string;
  value: string;
  /** What the choice means. */
  hint?: string | undefined;
  onChange: (value: string) => void;
  /** The options. */
  children: ReactNode;
}

/** A choice with its label, as two cells of a `facts` list. */
export function SelectRow({ label, value, hint, onChange, children }: SelectRowProps) {
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
          aria-describedby={hint === undefined ? undefined : hintId}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        >
          {children}
        </select>
        {hint !== undefined && (
          <p id={hintId} className="hint">
            {hint}
          </p>
        )}
      </dd>
    </>
  );
}
