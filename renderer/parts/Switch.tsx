// Its label is beside it.
/* oxlint-disable jsx-a11y/control-has-associated-label */
import { Switch as Base } from "@base-ui/react/switch";

export interface SwitchProps {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  id?: string;
  /** Its name, if no label elsewhere names it. */
  label?: string;
  describedBy?: string | undefined;
  disabled?: boolean;
}

/** Turns something on or off at once. */
export function Switch({ isOn, onChange, id, label, describedBy, disabled }: SwitchProps) {
  return (
    <Base.Root
      nativeButton
      render={<button type="button" />}
      className="switch"
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      checked={isOn}
      disabled={disabled}
      onCheckedChange={(checked) => onChange(checked)}
    >
      <Base.Thumb className="switch-thumb" />
    </Base.Root>
  );
}
