import { type ReactNode, useId } from "react";
import { Switch } from "./Switch.tsx";

export interface SwitchRowProps {
  /** Of the switch, so that others can move the focus to it. */
  id?: string;
  label: string;
  isOn: boolean;
  /** What is so while it is on. */
  children: ReactNode;
  hint?: string | undefined;
  /** What stands below the hint. */
  below?: ReactNode;
  disabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** A switch with its label, as two cells of a `facts` list. */
export function SwitchRow({ id, label, isOn, children, hint, below, disabled = false, onChange }: SwitchRowProps) {
  const ownId = useId();
  const switchId = id ?? ownId;
  const wordsId = useId();
  return (
    <>
      <dt>
        <label htmlFor={switchId}>{label}</label>
      </dt>
      <dd>
        <span className="switch-line">
          <Switch
            id={switchId}
            label={label}
            describedBy={wordsId}
            isOn={isOn}
            disabled={disabled}
            onChange={onChange}
          />
          <span id={wordsId}>{children}</span>
        </span>
        {hint !== undefined && <p className="hint">{hint}</p>}
        {below}
      </dd>
    </>
  );
}
