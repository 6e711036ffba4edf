import { Search } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Shortcut } from "../../parts/Shortcut.tsx";
import { useSay } from "../../texts.ts";

const searchDelayMs = 150;

export interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  /** Called when the user pauses typing. */
  onSearch: (query: string) => unknown;
  /** The list of hits and the id of the one that Enter opens. Null: no list is shown. */
  list: { id: string; activeId: string | undefined } | null;
  /** Moves the selection through the hits: 1 down, -1 up. */
  onMove: (step: 1 | -1) => void;
  /** Called on Enter, possibly before the typed text has been searched for. */
  onChoose: (query: string) => void;
}

/** Keeps the focus while the arrow keys move through the hits. */
export function SearchField({ field, onSearch, list, onMove, onChoose }: SearchFieldProps) {
  const say = useSay("chats");
  const [query, setQuery] = useState("");
  const asked = useRef("");
  useEffect(() => {
    if (query === asked.current) return;
    const timer = setTimeout(() => {
      if (query === asked.current) return;
      asked.current = query;
      onSearch(query);
    }, searchDelayMs);
    return () => clearTimeout(timer);
  }, [query, onSearch]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && query !== "") {
      event.stopPropagation();
      setQuery("");
    } else if (list !== null && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      onMove(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      asked.current = query;
      onChoose(query);
    }
  };
  return (
    <label className="field search">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="search"
        dir="auto"
        aria-label={say("search.label")}
        placeholder={say("search.label")}
        aria-controls={list?.id}
        aria-activedescendant={list?.activeId}
        maxLength={500}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
        onKeyDown={onKeyDown}
      />
      {query === "" && <Shortcut of="searchChats" />}
    </label>
  );
}
