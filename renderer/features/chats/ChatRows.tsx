import { useVirtualizer, defaultRangeExtractor } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useAction } from "../../app/useAction.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { useChatList, useConversation, useExports } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ChatMenu, type MenuPlace } from "./ChatMenu.tsx";
import { type ChatGroup, chatGroups } from "./chatGroups.ts";
import { ChatRow, type ChatRowActions } from "./ChatRow.tsx";
import { extendedTo, meantBy, movedTo, nextTo, noSelection, toggled } from "./chatSelection.ts";
import { focusComposer } from "./focusComposer.ts";
import { useRowHeights } from "./useRowHeights.ts";

/** The next page is requested when this many rows are left below the visible ones. */
const rowsAhead = 40;

export interface ChatRowsProps {
  list: readonly ChatSummary[];
  /** Whether the chat screen is visible. */
  isShown: boolean;
}

/**
 * The list of chats: one tab stop, in which the arrow keys move. Only the visible rows and the active one are rendered;
 * the next page is requested before the user reaches it.
 */
export function ChatRows({ list, isShown }: ChatRowsProps) {
  const say = useSay("chats");
  const openId = useConversation((state) => state.openId);
  const readMore = useChatList((state) => state.readMore);
  const hasMore = useChatList(({ next }) => next !== null);
  const { rename, pin, remove } = useChatList((state) => state);
  const ask = useExports((state) => state.ask);
  const rows = useMemo(() => chatGroups(list, Date.now()), [list]);
  const ids = useMemo(() => list.map(({ id }) => id), [list]);
  const [selection, setSelection] = useState(noSelection);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ chatId: string; place: MenuPlace } | null>(null);
  const scroller = useRef<HTMLElement>(null);
  /** The chat whose row gets the focus once it is rendered. */
  const toFocus = useRef<string | null>(null);

  const known = new Set(ids);
  const active =
    [selection.active, openId, ids[0]].find((id) => id !== null && id !== undefined && known.has(id)) ?? null;
  const activeIndex = rows.findIndex(({ key }) => key === active);
  const { rowPixels, headingPixels } = useRowHeights();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "chat" ? rowPixels : headingPixels),
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    // The active row is the tab stop, wherever the list is scrolled to.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (activeIndex < 0 || drawn.includes(activeIndex)) return drawn;
      return activeIndex < range.startIndex ? [activeIndex, ...drawn] : [...drawn, activeIndex];
    },
  });
  useEffect(() => virtualizer.measure(), [rowPixels, virtualizer]);
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = Math.min(drawn.at(-1)?.index ?? 0, virtualizer.range?.endIndex ?? 0);
  useEffect(() => {
    if (hasMore && lastDrawn >= rows.length - rowsAhead) void readMore();
  }, [hasMore, lastDrawn, rows.length, readMore]);

  const linkOf = (chatId: string | null): HTMLElement | null =>
    chatId === null
      ? null
      : (scroller.current?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(chatId)}"]`) ?? null);
  const focus = (chatId: string): void => {
    toFocus.current = chatId;
    const index = rows.findIndex(({ key }) => key === chatId);
    if (index >= 0) virtualizer.scrollToIndex(index);
    linkOf(chatId)?.focus();
  };
  useEffect(() => {
    const link = linkOf(toFocus.current);
    if (link === null) return;
    toFocus.current = null;
    if (document.activeElement !== link) link.focus();
  });

  const removeAll = (chatIds: readonly string[]): void => {
    const next = nextTo(chatIds, ids);
    const isInList = scroller.current?.contains(document.activeElement) === true || menu !== null;
    setSelection(next === null ? noSelection : movedTo(next));
    // The rows disappear, and the focus would be lost with them.
    if (isInList && next !== null) focus(next);
    else focusComposer();
    void remove(chatIds);
  };
  const removeActive = (): void => {
    if (active !== null) removeAll(meantBy(selection, active));
  };
  const startRenaming = (chatId: string): void => {
    setSelection(movedTo(chatId));
    const index = rows.findIndex(({ key }) => key === chatId);
    if (index >= 0) virtualizer.scrollToIndex(index);
    setRenaming(chatId);
  };
  const isOpenListed = isShown && openId !== null && known.has(openId);
  useAction("renameChat", () => openId !== null && startRenaming(openId), isOpenListed);
  useAction("deleteChat", () => openId !== null && removeAll([openId]), isOpenListed);

  const onClick = useEffectEvent((event: MouseEvent, chatId: string): void => {
    const isToggle = event.ctrlKey || event.metaKey;
    if (event.shiftKey) setSelection(extendedTo({ ...selection, active }, chatId, ids));
    else if (isToggle) setSelection(toggled({ ...selection, active }, chatId));
    else {
      setSelection(movedTo(chatId));
      return;
    }
    event.preventDefault();
    focus(chatId);
  });
  const onRenamed = useEffectEvent((chatId: string, title: string | null): void => {
    // After a click elsewhere the focus has already moved.
    if (document.activeElement?.matches(".rename-field") === true) toFocus.current = chatId;
    setRenaming(null);
    if (title !== null) void rename(chatId, title);
  });
  const onPin = useEffectEvent((chatId: string, pinned: boolean): void => {
    if (scroller.current?.contains(document.activeElement) === true) toFocus.current = chatId;
    void pin(meantBy(selection, chatId), pinned);
  });
  const [actions] = useState<ChatRowActions>(() => ({
    onClick: (event, chatId) => onClick(event, chatId),
    // The row may get the focus while the selection is being changed.
    onFocus: (chatId) => setSelection((now) => (now.active === chatId ? now : { ...now, active: chatId })),
    onPin: (chatId, pinned) => onPin(chatId, pinned),
    onMenu: (chatId, button) => setMenu({ chatId, place: button }),
    onRenamed: (chatId, title) => onRenamed(chatId, title),
  }));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (active === null || renaming !== null || event.altKey) return;
    const at = ids.indexOf(active);
    const { key, shiftKey } = event;
    const mod = event.ctrlKey || event.metaKey;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[key];
    const isOnLink = event.target instanceof HTMLElement && event.target.matches(".chat-link");
    if (to !== undefined && isOnLink) {
      const chatId = ids[Math.min(Math.max(0, to), ids.length - 1)];
      if (chatId === undefined) return;
      if (shiftKey) setSelection(extendedTo({ ...selection, active }, chatId, ids));
      else if (mod) setSelection({ ...selection, active: chatId });
      else setSelection(movedTo(chatId));
      focus(chatId);
    } else if (key === "ArrowRight" || key === "ArrowLeft") {
      const row = linkOf(active)?.parentElement;
      const stops = [...(row?.querySelectorAll<HTMLElement>("a, button") ?? [])];
      stops[stops.indexOf(event.target as HTMLElement) + (key === "ArrowRight" ? 1 : -1)]?.focus();
    } else if (key === " " && isOnLink) setSelection(toggled({ ...selection, active }, active));
    // With Caps Lock it is a capital.
    else if (key.toLowerCase() === "a" && mod && !shiftKey)
      setSelection({ ...selection, active, selected: new Set(ids) });
    else if (key === "Escape" && selection.selected.size > 0) setSelection(movedTo(active));
    else if (key === "F2") startRenaming(active);
    else if (key === "Delete") removeActive();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onContextMenu = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest(".chat-row") : null;
    const chatId = row?.querySelector<HTMLElement>("[data-chat]")?.dataset["chat"];
    if (row === null || chatId === undefined) return;
    event.preventDefault();
    // From the keyboard, there is no pointer to open it at.
    const isAtPointer = event.clientX !== 0 || event.clientY !== 0;
    const { clientX, clientY } = event;
    const place = isAtPointer ? { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) } : row;
    if (!selection.selected.has(chatId)) setSelection(movedTo(chatId));
    setMenu({ chatId, place });
  };

  const meant = menu === null ? [] : meantBy(selection, menu.chatId);
  const meantChats = list.filter(({ id }) => meant.includes(id));
  const selectedCount = ids.filter((id) => selection.selected.has(id)).length;
  return (
    <>
      <nav className="chat-rows scroll" aria-label={say("list.label")} ref={scroller}>
        {/* What its links do not handle themselves. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <ul style={{ height: virtualizer.getTotalSize() }} onKeyDown={onKeyDown} onContextMenu={onContextMenu}>
          {drawn.map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            const style = { transform: `translateY(${start}px)` };
            return row.kind === "heading" ? (
              <li key={key} className="list-heading" style={style}>
                <GroupName group={row.group} />
              </li>
            ) : (
              <li key={key} style={style}>
                <ChatRow
                  chat={row.chat}
                  isOpen={isShown && row.chat.id === openId}
                  isSelected={selection.selected.has(row.chat.id)}
                  isActive={row.chat.id === active}
                  isRenaming={row.chat.id === renaming}
                  isMenuOpen={row.chat.id === menu?.chatId}
                  actions={actions}
                />
              </li>
            );
          })}
        </ul>
      </nav>
      {selectedCount > 1 && (
        <div className="list-selection">
          <output className="grow clip">{say("list.selectedCount", { count: selectedCount })}</output>
          <button
            type="button"
            className="text-button"
            disabled={exportable([...selection.selected]).length === 0}
            onClick={() => ask(exportable([...selection.selected]))}
          >
            {say("exports:menu")}
          </button>
          <button type="button" className="text-button" onClick={() => removeAll([...selection.selected])}>
            {say("list.deleteSelected")}
          </button>
          <IconButton
            small
            label={say("list.selectNone")}
            onClick={() => {
              if (active !== null) focus(active);
              setSelection({ ...noSelection, active });
            }}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
      <ChatMenu
        place={menu?.place ?? null}
        chats={meantChats}
        onClose={() => setMenu(null)}
        finalFocus={() =>
          scroller.current?.querySelector<HTMLElement>(".rename-field") ?? linkOf(active) ?? document.body
        }
        onRename={startRenaming}
        onPin={(pinned) => void pin(meant, pinned)}
        onExport={exportable(meant).length === 0 ? null : () => ask(exportable(meant))}
        onDelete={() => removeAll(meant)}
      />
    </>
  );
}

/** Temporary chats are not on the disk, and stay away from it. */
const exportable = (chatIds: readonly string[]): string[] => chatIds.filter((chatId) => !isTemporary(chatId));

function GroupName({ group }: { group: ChatGroup }) {
  const say = useSay("chats");
  const figures = useFigures();
  if (group.kind === "weekday") return figures.weekday(group.at);
  if (group.kind === "month") return figures.month(group.at);
  return say(`list.groups.${group.kind}`);
}
