import { SquarePen } from "lucide-react";
import { type RefObject, useCallback, useState } from "react";
import type { SearchHit } from "../../../electron/contract/chats.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { Shortcut } from "../../parts/Shortcut.tsx";
import { useChatFolders, useChatList, useChatSearch, useStores } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ChatRows } from "./ChatRows.tsx";
import { SearchField } from "./SearchField.tsx";
import { searchHitId, SearchResults, searchResultsId } from "./SearchResults.tsx";

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
  const { conversation, chatSearch, chatFind } = useStores();
  const query = useChatSearch((state) => state.query);
  const searchFor = useChatSearch((state) => state.search);
  const search = useCallback(
    (typed: string): Promise<void> => {
      // Its marks go with the search, unless the user looks further in the chat.
      if (typed === "" && !chatFind.getState().isOpen) chatFind.getState().close();
      return searchFor(typed);
    },
    [chatFind, searchFor],
  );
  const foundFor = useChatSearch((state) => state.foundFor);
  const found = useChatSearch(({ hits }) => hits);
  const hits = found?.state === "ready" ? found.value : null;
  const [active, setActive] = useState({ index: 0, foundFor: "" });
  // After a new search, the first hit is active.
  const index = active.foundFor === foundFor ? active.index : 0;
  const choose = ({ chat, messageId }: SearchHit, query: string): void => {
    const { open } = conversation.getState();
    if (messageId === null) open(chat.id);
    else {
      open(chat.id, { messageId, query });
      void chatFind.getState().follow(query, messageId);
    }
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
          searched={query}
          onSearch={search}
          list={hasHits ? { id: searchResultsId, activeId: searchHitId(index) } : null}
          onMove={(key) => {
            const next = index + (key === "ArrowDown" ? 1 : -1);
            setActive({ index: Math.min(Math.max(0, next), (hits?.length ?? 1) - 1), foundFor });
          }}
          onChoose={(query) => void chooseActive(query)}
        />
        <button type="button" className="side-row" onClick={onNewChat}>
          <SquarePen size={16} aria-hidden />
          <span className="new-chat-words">
            <span className="clip">{say("new")}</span>
            <Shortcut of="newChat" />
          </span>
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
      {hits?.length === 0 && (
        <div className="list-note">
          <output>
            <Sentence text={say("search.nothing", { query: slot("query") })} slots={{ query: <bdi>{foundFor}</bdi> }} />
          </output>
          <button
            type="button"
            className="text-button"
            onClick={() => {
              searchField.current?.focus();
              void search("");
            }}
          >
            {say("search.clear")}
          </button>
        </div>
      )}
      {found?.state === "loading" && <p className="list-note" />}
      {found?.state === "failed" && <ProblemNotice problem={found.problem} />}
    </>
  );
}

function Chats({ isShown }: { isShown: boolean }) {
  const say = useSay("chats");
  const list = useChatList((state) => state.list);
  const refresh = useChatList((state) => state.refresh);
  const hasParts = useChatFolders(({ folders, archived }) => folders.length > 0 || archived > 0);
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
  if (list.value.length === 0 && !hasParts) return <p className="list-note">{say("list.none")}</p>;
  return <ChatRows list={list.value} isShown={isShown} />;
}
