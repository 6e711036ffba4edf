import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";

export interface MenuProps {
  /** The button that opens it. */
  button: ReactElement;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  className?: string;
  onOpenChange?: (isOpen: boolean) => void;
  /** `MenuRow`, `MenuChoices`, `MenuLine`, and notes of the class `menu-note`. */
  children: ReactNode;
}

/** A menu that a button opens. Esc closes it and returns the focus to the button. */
export function Menu({ button, side = "bottom", align = "start", className = "", onOpenChange, children }: MenuProps) {
  return (
    <Base.Root {...(onOpenChange && { onOpenChange: (isOpen: boolean) => onOpenChange(isOpen) })}>
      <Base.Trigger render={button} />
      <Base.Portal>
        <Base.Positioner className="floating" side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={`menu ${className}`}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
