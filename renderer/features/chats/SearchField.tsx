import { Search, X } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { IconButton } from "../../parts/IconButton.tsx";
import { Shortcut } from "../../parts/Shortcut.tsx";
import { useSay } from "../../texts.ts";

const searchDelayMs = 150;

export interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  /** What is searched for now. Emptying it empties the field too. */
  searched: string;
  /** Called when the user pauses typing. */
  onSearch: (query: string) => unknown;
  /** The list of hits and the id of the one that Enter opens. Null: no list is shown. */
  list: { id: string; activeId: string | undefined } | null;
  /** Called for a key that moves through the hits. */
  onMove: (key: "ArrowDown" | "ArrowUp") => void;
  /** Called on Enter, possibly before the typed text has been searched for. */
  onChoose: (query: string) => void;
}

/** Keeps the focus while the arrow keys move through the hits. */
export function SearchField({ field, searched, onSearch, list, onMove, onChoose }: SearchFieldProps) {
  const say = useSay("chats");
  const [query, setQuery] = useState(searched);
  const asked = useRef(searched);
  useEffect(() => {
    if (query === asked.current) return;
    const timer = setTimeout(() => {
      if (query === asked.current) return;
      asked.current = query;
      onSearch(query);
    }, searchDelayMs);
    return () => clearTimeout(timer);
  }, [query, onSearch]);
  useEffect(() => {
    if (searched !== "" || asked.current === "") return;
    asked.current = "";
    setQuery("");
  }, [searched]);
  const clear = (): void => {
    asked.current = "";
    setQuery("");
    onSearch("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape" && query !== "") {
      event.stopPropagation();
      clear();
    } else if (list !== null && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      onMove(event.key);
    } else if (event.key === "Enter") {
      // Otherwise it would also press the button that gets the focus when the list closes.
      event.preventDefault();
      asked.current = query;
      onChoose(query);
    }
  };
  return (
    // Not a label, because it also holds a button.
    <div className="field search" role="presentation" onClick={() => field.current?.focus()}>
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
      {query === "" ? (
        <Shortcut of="searchChats" />
      ) : (
        <IconButton small label={say("search.clear")} onClick={clear}>
          <X size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
