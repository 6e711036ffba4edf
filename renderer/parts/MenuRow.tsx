import { Menu } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import type { ActionId } from "../../electron/contract/actions.ts";
import { useKeyText } from "./useKeyText.ts";

export interface MenuRowProps {
  icon?: ReactNode;
  /** Quiet words at the end. */
  hint?: ReactNode;
  /** The action that it does, whose keys are shown at the end. */
  does?: ActionId | undefined;
  disabled?: boolean;
  /** Whether it deletes something. */
  isDanger?: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** One command of a menu or of a context menu. */
export function MenuRow({ icon, hint, does, disabled = false, isDanger = false, onClick, children }: MenuRowProps) {
  const keys = useKeyText(does);
  return (
    <Menu.Item className={isDanger ? "menu-item is-danger" : "menu-item"} disabled={disabled} onClick={onClick}>
      {icon}
      <span className="clip">{children}</span>
      {hint !== undefined && <span className="menu-end">{hint}</span>}
      {keys !== "" && <kbd className="menu-end">{keys}</kbd>}
    </Menu.Item>
  );
}
