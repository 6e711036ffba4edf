import { Menu } from "@base-ui/react/menu";
import type { ReactNode } from "react";

/** Where a menu opens: at a button or at the pointer. */
export type MenuPlace = Element | { getBoundingClientRect: () => DOMRect };

export interface PlacedMenuProps {
  /** Null: closed. */
  place: MenuPlace | null;
  label: string;
  className?: string;
  onClose: () => void;
  /** What gets the focus when it closes. */
  finalFocus: () => HTMLElement | null;
  children: ReactNode;
}

/** A menu that several rows share, and that opens at one of them. */
export function PlacedMenu({ place, label, className = "menu", onClose, finalFocus, children }: PlacedMenuProps) {
  return (
    <Menu.Root open={place !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Menu.Portal>
        <Menu.Positioner className="floating" anchor={place} align="start" sideOffset={4} collisionPadding={8}>
          <Menu.Popup className={className} finalFocus={finalFocus} aria-label={label}>
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
