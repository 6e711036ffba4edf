// An hr cannot be operated; ARIA names a separator that has a value for this.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { type KeyboardEvent, type PointerEvent, useState } from "react";

export interface DragEdgeProps {
  label: string;
  className: string;
  /** The present width in pixels of what begins at the window's left edge or at `from`. */
  width: number;
  least: number;
  usual: number;
  most: number;
  /** How far an arrow key moves it. */
  step?: number;
  /** Where the width is measured from, in pixels. */
  from?: () => number;
  onResize: (width: number, isFinal: boolean) => void;
  /** Folds what it is the edge of: by Enter, or dragged below `foldBelow`. */
  onFold?: () => void;
  foldBelow?: number;
  onDragging?: (isDragged: boolean) => void;
}

/** The edge between two parts of the window: by dragging, with the arrow keys, and back again with a double click. */
export function DragEdge(props: DragEdgeProps) {
  const { label, className, width, least, usual, most, step = 8, from = () => 0 } = props;
  const { onResize, onFold, foldBelow = 0, onDragging } = props;
  /** The width at which dragging began; null unless it is dragged. */
  const [dragStart, setDragStart] = useState<number | null>(null);
  const within = (next: number): number => Math.min(Math.max(next, least), most);
  const drag = (start: number | null): void => {
    setDragStart(start);
    onDragging?.(start !== null);
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag(width);
  };
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    if (dragStart === null) return;
    const wanted = clientX - from();
    if (onFold !== undefined && wanted < foldBelow) {
      drag(null);
      // Unfolded, it has the width that it had, not the one that it passed through.
      onResize(dragStart, true);
      onFold();
    } else onResize(within(wanted), false);
  };
  const onPointerUp = (): void => {
    if (dragStart !== null) onResize(width, true);
    drag(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: width - step, ArrowRight: width + step, Home: least, End: most }[event.key];
    if (next !== undefined) onResize(within(next), true);
    else if (event.key === "Enter" && onFold !== undefined) onFold();
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={className}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(width)}
      aria-valuemin={Math.round(least)}
      aria-valuemax={Math.round(most)}
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
