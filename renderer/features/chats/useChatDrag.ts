import { type DragEvent, useRef } from "react";

/** Marks our own drags. What is dragged is not in it, so that nothing from outside is taken for chats. */
const type = "application/x-r1-workbench-chats";

export interface ChatDragOptions {
  /** Returns the chats that are dragged with this one; none if it cannot be dragged. */
  dragged: (chatId: string) => readonly string[];
  /** Returns where chats go that are dropped on this row: into a folder, the archive or (null) out of both. */
  targetAt: (key: string) => string | null | undefined;
  onDrop: (chatIds: readonly string[], target: string | null) => void;
}

/** Chats are dragged onto folders, the archive, or out of them. Returns the handlers of the list. */
export function useChatDrag({ dragged, targetAt, onDrop }: ChatDragOptions) {
  const chatIds = useRef<readonly string[]>([]);
  /** The row that the pointer is over. Marked without React, which renders rows anew while one scrolls. */
  const marked = useRef<HTMLElement>(null);
  const mark = (row: HTMLElement | null): void => {
    if (row === marked.current) return;
    marked.current?.removeAttribute("data-drop");
    row?.setAttribute("data-drop", "");
    marked.current = row;
  };
  const targetOf = (event: DragEvent): { row: HTMLElement; target: string | null } | null => {
    if (chatIds.current.length === 0) return null;
    const row = rowOf(event);
    const target = row === null ? undefined : targetAt(keyOf(row));
    return row === null || target === undefined ? null : { row, target };
  };
  return {
    onDragStart: (event: DragEvent): void => {
      const row = rowOf(event);
      chatIds.current = row === null ? [] : dragged(keyOf(row));
      if (chatIds.current.length === 0) return event.preventDefault();
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData(type, "");
    },
    onDragOver: (event: DragEvent): void => {
      const found = targetOf(event);
      mark(found?.row ?? null);
      if (found === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "move";
    },
    onDragLeave: (event: DragEvent): void => {
      if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) mark(null);
    },
    onDrop: (event: DragEvent): void => {
      const found = targetOf(event);
      if (found === null) return;
      event.preventDefault();
      onDrop(chatIds.current, found.target);
    },
    onDragEnd: (): void => {
      mark(null);
      chatIds.current = [];
    },
  };
}

const rowOf = ({ target }: DragEvent): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(".chat-row") : null;

const keyOf = (row: HTMLElement): string => row.querySelector<HTMLElement>("[data-row]")?.dataset["row"] ?? "";
