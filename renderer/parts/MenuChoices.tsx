import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

export interface MenuChoicesProps<Value extends string> {
  value: Value | null;
  options: readonly { value: Value; label: ReactNode; hint?: ReactNode; disabled?: boolean }[];
  onChange: (value: Value) => void;
}

/** Rows of a menu of which one is chosen; it has a tick. Choosing closes the menu. */
export function MenuChoices<Value extends string>({ value, options, onChange }: MenuChoicesProps<Value>) {
  return (
    <Menu.RadioGroup value={value} onValueChange={(chosen: Value) => onChange(chosen)}>
      {options.map(({ value: own, label, hint, disabled = false }) => (
        <Menu.RadioItem key={own} value={own} className="menu-item" disabled={disabled} closeOnClick>
          <span className="menu-tick">
            <Menu.RadioItemIndicator render={<Check size={16} aria-hidden />} />
          </span>
          <span className="clip">{label}</span>
          {hint !== undefined && <span className="menu-end">{hint}</span>}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
