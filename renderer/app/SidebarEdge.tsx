// An hr cannot be operated; ARIA names a separator that has a value for this.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { useSay } from "../texts.ts";
import { sidebarWidths } from "./rememberedSidebar.ts";

const { least, usual, most } = sidebarWidths;
const stepPixels = 8;
/** Dragged below this width, the sidebar folds. */
const foldBelow = 140;

export interface SidebarEdgeProps {
  width: number;
  onResize: (width: number, isFinal: boolean) => void;
  onFold: () => void;
}

/** The sidebar's edge, which changes its width: by dragging, with the arrow keys, and back again with a double click. */
export function SidebarEdge({ width, onResize, onFold }: SidebarEdgeProps) {
  const say = useSay("shell");
  /** The width at which dragging began; null unless it is dragged. */
  const [dragStart, setDragStart] = useState<number | null>(null);
  const within = (next: number): number => Math.min(Math.max(next, least), most);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragStart(width);
  };
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    if (dragStart === null) return;
    if (clientX < foldBelow) {
      setDragStart(null);
      // Unfolded, it has the width that it had, not the one that it passed through.
      onResize(dragStart, true);
      onFold();
    } else onResize(within(clientX), false);
  };
  const onPointerUp = (): void => {
    if (dragStart !== null) onResize(width, true);
    setDragStart(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: width - stepPixels, ArrowRight: width + stepPixels, Home: least, End: most }[event.key];
    if (next !== undefined) onResize(within(next), true);
    else if (event.key === "Enter") onFold();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="sidebar-edge"
      role="separator"
      tabIndex={0}
      aria-label={say("sidebarWidth")}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      data-dragged={dragStart !== null}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onDoubleClick={() => onResize(usual, true)}
      onKeyDown={onKeyDown}
    />
  );
}
