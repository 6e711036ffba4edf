import { Ellipsis } from "lucide-react";
import { IconButton } from "../../parts/IconButton.tsx";

export interface MoreButtonProps {
  label: string;
  isMenuOpen: boolean;
  onMenu: (button: HTMLElement) => void;
}

/** Opens the menu of a row of the list of chats. It is reached with the right arrow key. */
export function MoreButton({ label, isMenuOpen, onMenu }: MoreButtonProps) {
  return (
    <IconButton
      small
      tabIndex={-1}
      label={label}
      aria-haspopup="menu"
      aria-expanded={isMenuOpen}
      onClick={({ currentTarget }) => onMenu(currentTarget)}
    >
      <Ellipsis size={16} aria-hidden />
    </IconButton>
  );
}
