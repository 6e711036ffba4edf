import { useEffect, useState } from "react";

/** Files are linked in place. Some sources offer only copies and refuse any other drop effect. */
const offersLink = /link|all|uninitialized/i;

/** Calls `onDropped` with files dropped anywhere on the window. Returns whether files are dragged over it now. */
export function useDroppedFiles(onDropped: (files: readonly File[]) => Promise<void>): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = offersLink.test(event.dataTransfer.effectAllowed) ? "link" : "copy";
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Null if the pointer left the window, not just one element for the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      // Text may be dropped in a field.
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(false);
      void onDropped([...(event.dataTransfer?.files ?? [])]);
    };
    // Each element entered must accept the drag again, or files dropped at that moment would be refused.
    window.addEventListener("dragenter", over);
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragenter", over);
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [onDropped]);
  return isOver;
}
