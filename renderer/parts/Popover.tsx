import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

export interface PopoverProps {
  /** The button that opens it. */
  button: ReactElement;
  /** Its name for screen readers. */
  label: string;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  className?: string;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  children: ReactNode;
}

/** Facts or fields that a button opens beside it. Esc closes it and returns the focus to the button. */
export function Popover(props: PopoverProps) {
  const { button, label, side = "bottom", align = "start", className = "", isOpen, onOpenChange, children } = props;
  return (
    <Base.Root
      {...(isOpen !== undefined && { open: isOpen })}
      {...(onOpenChange && { onOpenChange: (open: boolean) => onOpenChange(open) })}
    >
      <Base.Trigger render={button} />
      <Base.Portal>
        <Base.Positioner className="floating" side={side} align={align} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={`popover ${className}`} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
