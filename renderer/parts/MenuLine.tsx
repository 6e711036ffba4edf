import { Menu } from "@base-ui/react/menu";

/** A line between groups of a menu's rows. */
export function MenuLine() {
  return <Menu.Separator className="menu-separator" />;
}
