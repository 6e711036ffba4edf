import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { Menu } from "../../parts/Menu.tsx";
import { useSay } from "../../texts.ts";

/** The menu at the end of a row. */
export function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  const say = useSay("models");
  const label = say("menu.label", { name });
  return (
    <Menu
      align="end"
      button={
        <button type="button" className="icon-button small row-more" aria-label={label} title={label}>
          <Ellipsis size={16} aria-hidden />
        </button>
      }
    >
      {children}
    </Menu>
  );
}
