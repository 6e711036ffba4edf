import { SelectRow } from "./SelectRow.tsx";

export interface SelectFieldProps<Value> {
  label: string;
  /** Null is the first option: the app decides. */
  value: Value | null;
  /** The label of the null option. */
  open: string;
  options: readonly { value: Value; label: string }[];
  hint: string;
  onChange: (value: Value | null) => void;
}

/** A choice that may be left to the app, as two cells of a `facts` list. */
export function SelectField<Value extends string | boolean>(props: SelectFieldProps<Value>) {
  const { label, value, open, options, hint, onChange } = props;
  return (
    <SelectRow
      label={label}
      value={value === null ? "" : String(value)}
      hint={hint}
      onChange={(chosen) => onChange(options.find((option) => String(option.value) === chosen)?.value ?? null)}
    >
      <option value="">{open}</option>
      {options.map((option) => (
        <option key={String(option.value)} value={String(option.value)}>
          {option.label}
        </option>
      ))}
    </SelectRow>
  );
}
