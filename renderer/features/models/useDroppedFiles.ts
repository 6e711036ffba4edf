import { useEffect, useState } from "react";

/** A file is used where it lies; some sources offer copies only, and refuse any other answer. */
const offersLink = /link|all|uninitialized/i;

/** Hands over files dropped anywhere on the window. Answers whether files are held over it now. */
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
      // Null: the pointer left the window, not only one element for the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      void onDropped([...(event.dataTransfer?.files ?? [])]);
    };
    // Each element entered asks again: unanswered, a file let go at that moment would be refused.
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
