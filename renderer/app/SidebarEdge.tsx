import { DragEdge } from "../parts/DragEdge.tsx";
import { useSay } from "../texts.ts";
import { sidebarWidths } from "./rememberedSidebar.ts";

/** Dragged below this width, the sidebar folds. */
const foldBelow = 140;

export interface SidebarEdgeProps {
  width: number;
  onResize: (width: number, isFinal: boolean) => void;
  onFold: () => void;
}

/** The sidebar's edge, which changes its width, and folds it. */
export function SidebarEdge(props: SidebarEdgeProps) {
  const say = useSay("shell");
  return (
    <DragEdge
      className="sidebar-edge"
      label={say("sidebarWidth")}
      foldBelow={foldBelow}
      {...sidebarWidths}
      {...props}
    />
  );
}
