import { useSay } from "../texts.ts";
import { Select } from "./Select.tsx";
import { SetupField } from "./SetupField.tsx";

export interface MinutesFieldProps {
  label: string;
  /** In minutes. The value is offered as well. */
  offered: readonly number[];
  value: number;
  disabled: boolean;
  onChange: (minutes: number) => void;
}

/** How long a benchmark or a tuning may take. */
export function MinutesField({ label, offered, value, disabled, onChange }: MinutesFieldProps) {
  const say = useSay("benchmark");
  return (
    <SetupField label={label}>
      <Select
        className="setup-time"
        value={String(value)}
        disabled={disabled}
        onChange={({ target }) => onChange(Number(target.value))}
      >
        {[...new Set([...offered, value])].map((minutes) => (
          <option key={minutes} value={minutes}>
            {say("form.atMost", { minutes })}
          </option>
        ))}
      </Select>
    </SetupField>
  );
}
