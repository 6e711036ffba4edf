import { useVirtualizer } from "@tanstack/react-virtual";
import { Search, SquarePen } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useChats, useStores } from "../../stores/useStores.ts";
import { ChatRow } from "./ChatRow.tsx";
import { chatGroups } from "./chatGroups.ts";

const rowPixels = 32;
const searchDelayMs = 150;

export interface ChatListProps {
  /** Whether the chat screen is the one in sight. */
  isShown: boolean;
  onNewChat: () => void;
  searchField: RefObject<HTMLInputElement | null>;
}

/** All chats, searched and grouped; only the rows in sight are drawn, so 10,000 scroll like ten. */
export function ChatList({ isShown, onNewChat, searchField }: ChatListProps) {
  const { chats } = useStores();
  const list = useChats((state) => state.list);
  const query = useChats((state) => state.query);
  const search = useChats((state) => state.search);
  return (
    <>
      <div className="chat-list-top">
        <SearchField field={searchField} onSearch={search} />
        <button type="button" className="quiet-button wide" onClick={onNewChat}>
          <SquarePen size={16} aria-hidden /> New chat
        </button>
      </div>
      {list.state === "ready" && list.value.length > 0 && <Rows key={query} list={list.value} isShown={isShown} />}
      {list.state === "ready" && list.value.length === 0 && (
        <p className="list-note">{query === "" ? "Your chats will be listed here." : "Nothing found."}</p>
      )}
      {list.state === "loading" && <p className="list-note" />}
      {list.state === "failed" && (
        <ProblemNotice problem={list.problem}>
          <button type="button" className="button" onClick={() => void chats.getState().refreshList()}>
            Try again
          </button>
        </ProblemNotice>
      )}
    </>
  );
}

function SearchField({
  field,
  onSearch,
}: {
  field: RefObject<HTMLInputElement | null>;
  onSearch: (query: string) => void;
}) {
  const [query, setQuery] = useState("");
  const asked = useRef("");
  useEffect(() => {
    if (query === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = query;
      onSearch(query);
    }, searchDelayMs);
    return () => clearTimeout(timer);
  }, [query, onSearch]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || query === "") return;
    event.stopPropagation();
    setQuery("");
  };
  return (
    <label className="search">
      <Search size={16} aria-hidden />
      <input
        ref={field}
        type="search"
        dir="auto"
        aria-label="Search chats"
        placeholder="Search chats"
        maxLength={500}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}

function Rows({ list, isShown }: { list: readonly ChatSummary[]; isShown: boolean }) {
  const openId = useChats((state) => state.openId);
  const rows = useMemo(() => chatGroups(list, Date.now()), [list]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === "chat" ? row.chat.id : `${row?.label}`;
    },
  });
  return (
    <nav className="chat-rows" aria-label="Chats" ref={scroller}>
      <ul style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { transform: `translateY(${start}px)` };
          return row.kind === "heading" ? (
            <li key={key} className="list-heading" style={style}>
              {row.label}
            </li>
          ) : (
            <li key={key} style={style}>
              <ChatRow chat={row.chat} isOpen={isShown && row.chat.id === openId} />
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
