import { useVirtualizer } from "@tanstack/react-virtual";
import { SquarePen } from "lucide-react";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { ChatSummary, SearchHit } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Shortcut } from "../../parts/Shortcut.tsx";
import { useChatList, useChatSearch, useConversation, useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChatRow } from "./ChatRow.tsx";
import { chatGroups } from "./chatGroups.ts";
import { SearchField } from "./SearchField.tsx";
import { searchHitId, SearchResults, searchResultsId } from "./SearchResults.tsx";

const rowPixels = 32;
/** The next page is requested when this many rows are left below the visible ones. */
const rowsAhead = 40;

export interface ChatListProps {
  /** Whether the chat screen is visible. */
  isShown: boolean;
  onNewChat: () => void;
  /** Called after a chat was opened, to show the chat screen. */
  onOpened: (chatId: string) => void;
  searchField: RefObject<HTMLInputElement | null>;
}

/** All chats, grouped by day, or the results of a search. */
export function ChatList({ isShown, onNewChat, onOpened, searchField }: ChatListProps) {
  const say = useSay("chats");
  const { conversation, chatSearch } = useStores();
  const search = useChatSearch((state) => state.search);
  const foundFor = useChatSearch((state) => state.foundFor);
  const found = useChatSearch(({ hits }) => hits);
  const hits = found?.state === "ready" ? found.value : null;
  const [active, setActive] = useState({ index: 0, foundFor: "" });
  // After a new search, the first hit is active.
  const index = active.foundFor === foundFor ? active.index : 0;
  const choose = ({ chat, messageId }: SearchHit, query: string): void => {
    const { open } = conversation.getState();
    if (messageId === null) open(chat.id);
    else open(chat.id, { messageId, query });
    onOpened(chat.id);
  };
  const chooseActive = async (typed: string): Promise<void> => {
    // The visible hits belong to an earlier query.
    if (chatSearch.getState().foundFor !== typed) await search(typed);
    const now = chatSearch.getState();
    if (now.query !== typed || now.foundFor !== typed || now.hits?.state !== "ready") return;
    const hit = now.hits.value[active.foundFor === typed ? active.index : 0];
    if (hit !== undefined) choose(hit, typed);
  };
  const hasHits = hits !== null && hits.length > 0;
  return (
    <>
      <div className="chat-list-top">
        <SearchField
          field={searchField}
          onSearch={search}
          list={hasHits ? { id: searchResultsId, activeId: searchHitId(index) } : null}
          onMove={(step) =>
            setActive({ index: Math.min(Math.max(0, index + step), (hits?.length ?? 1) - 1), foundFor })
          }
          onChoose={(query) => void chooseActive(query)}
        />
        <button type="button" className="side-row" onClick={onNewChat}>
          <SquarePen size={16} aria-hidden />
          <span className="grow clip">{say("new")}</span>
          <Shortcut of="newChat" />
        </button>
      </div>
      {found === null && <Chats isShown={isShown} />}
      {hasHits && (
        <SearchResults
          key={foundFor}
          hits={hits}
          active={index}
          onChoose={(hit) => {
            setActive({ index: hits.indexOf(hit), foundFor });
            choose(hit, foundFor);
          }}
        />
      )}
      {hits?.length === 0 && <p className="list-note">{say("search.nothing")}</p>}
      {found?.state === "loading" && <p className="list-note" />}
      {found?.state === "failed" && <ProblemNotice problem={found.problem} />}
    </>
  );
}

function Chats({ isShown }: { isShown: boolean }) {
  const say = useSay("chats");
  const list = useChatList((state) => state.list);
  const refresh = useChatList((state) => state.refresh);
  if (list.state === "loading") return <p className="list-note" />;
  if (list.state === "failed") {
    return (
      <ProblemNotice problem={list.problem}>
        <button type="button" className="button" onClick={() => void refresh()}>
          {say("shell:tryAgain")}
        </button>
      </ProblemNotice>
    );
  }
  if (list.value.length === 0) return <p className="list-note">{say("list.none")}</p>;
  return <Rows list={list.value} isShown={isShown} />;
}

/** Renders only the visible rows, and requests the next page before the user reaches it. */
function Rows({ list, isShown }: { list: readonly ChatSummary[]; isShown: boolean }) {
  const say = useSay("chats");
  const openId = useConversation((state) => state.openId);
  const readMore = useChatList((state) => state.readMore);
  const hasMore = useChatList(({ next }) => next !== null);
  const rows = useMemo(() => chatGroups(list, Date.now()), [list]);
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row?.kind === "chat" ? row.chat.id : `${row?.group}`;
    },
  });
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastDrawn >= rows.length - rowsAhead) void readMore();
  }, [hasMore, lastDrawn, rows.length, readMore]);
  return (
    <nav className="chat-rows" aria-label={say("list.label")} ref={scroller}>
      <ul style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, key, start }) => {
          const row = rows[index];
          if (!row) return null;
          const style = { transform: `translateY(${start}px)` };
          return row.kind === "heading" ? (
            <li key={key} className="list-heading" style={style}>
              {say(`list.groups.${row.group}`)}
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
