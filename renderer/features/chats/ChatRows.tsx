import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { ChatSummary } from "../../../electron/contract/chats.ts";
import { isTemporary } from "../../../electron/contract/isTemporary.ts";
import { useAction } from "../../app/useAction.ts";
import { archive } from "../../stores/chatFolders.ts";
import { useChatFolders, useChatList, useConversation, useExports } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import type { ChatRowActions } from "./ChatRow.tsx";
import { extendedTo, meantBy, movedTo, nextTo, noSelection, toggled } from "./chatSelection.ts";
import { ListItem } from "./ListItem.tsx";
import { ListMenus, type OpenMenu } from "./ListMenus.tsx";
import { focusComposer } from "./focusComposer.ts";
import { listRows, partKey } from "./listRows.ts";
import { keptChats } from "./keptChats.ts";
import { SelectionBar } from "./SelectionBar.tsx";
import { useChatDrag } from "./useChatDrag.ts";
import { useDrawnRows } from "./useDrawnRows.ts";
import { holdTyped, takeTyped } from "./typedAhead.ts";
import { useOpenChatActions } from "./useOpenChatActions.ts";

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
  const { rename, pin, remove } = useChatList((state) => state);
  const ask = useExports((state) => state.ask);
  const { folders, parts, archived, toggle, ...onFolders } = useChatFolders((state) => state);
  const openChat = useConversation(({ openId: id, conversation }) =>
    id !== null && conversation?.state === "ready" ? conversation.value.chat : null,
  );
  const rows = useMemo(() => listRows({ list, folders, parts, archived }), [list, folders, parts, archived]);
  const chats = useMemo(() => rows.flatMap((row) => (row.kind === "chat" ? row.chat : [])), [rows]);
  const ids = useMemo(() => chats.map(({ id }) => id), [chats]);
  /** What the arrow keys stop at: chats, folders and the archive. */
  const stops = useMemo(() => rows.flatMap(({ kind, key }) => (kind === "chat" || kind === "part" ? key : [])), [rows]);
  const [selection, setSelection] = useState(noSelection);
  const [renaming, setRenaming] = useState<string | null>(null);
  /** The open menu: of a row, or of the folders that chats can be moved to. */
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  /** The chat whose row gets the focus once it is rendered. */
  const toFocus = useRef<string | null>(null);

  const known = new Set(stops);
  const active =
    [selection.active, openId, stops[0]].find((id) => id !== null && id !== undefined && known.has(id)) ?? null;
  const activeChat = active !== null && ids.includes(active) ? active : null;
  const activeIndex = rows.findIndex(({ key }) => key === active);
  const { scroller, virtualizer, drawn } = useDrawnRows(rows, activeIndex);

  const linkOf = (chatId: string | null): HTMLElement | null =>
    chatId === null
      ? null
      : (scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(chatId)}"]`) ?? null);
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

  /** Does something with chats whose rows then disappear. */
  const letGo = (chatIds: readonly string[], act: (chatIds: readonly string[]) => void): void => {
    const next = nextTo(chatIds, stops);
    const isInList = scroller.current?.contains(document.activeElement) === true || menu !== null;
    setSelection(next === null ? noSelection : movedTo(next));
    // The rows disappear, and the focus would be lost with them.
    if (isInList && next !== null) focus(next);
    else focusComposer();
    act(chatIds);
  };
  const removeAll = (chatIds: readonly string[]): void =>
    letGo(chatIds, () => void remove(chatIds, chats.find(({ id }) => id === chatIds[0])?.title));
  const archiveAll = (chatIds: readonly string[], isArchived: boolean): void =>
    letGo(chatIds, () => void onFolders.archive(chatIds, isArchived));
  const removeActive = (): void => {
    const folder = folderAt(active);
    if (folder !== null) removeFolder(folder);
    else if (active !== null && active !== partKey(archive)) removeAll(meantBy(selection, active));
  };
  const removeFolder = (folderId: string): void => {
    const next = nextTo([partKey(folderId)], stops);
    setSelection(next === null ? noSelection : movedTo(next));
    if (next !== null) focus(next);
    void onFolders.remove(folderId);
  };
  /** Returns the id of the folder whose row this is, or null. */
  const folderAt = (key: string | null): string | null => folders.find(({ id }) => partKey(id) === key)?.id ?? null;
  const startRenaming = (key: string): void => {
    setSelection(movedTo(key));
    setRenaming(key);
  };
  const renamingIndex = renaming === null ? -1 : rows.findIndex(({ key }) => key === renaming);
  useEffect(() => {
    if (renamingIndex >= 0) virtualizer.scrollToIndex(renamingIndex);
  }, [renamingIndex, virtualizer]);
  /** Makes a folder, whose name can then be typed. */
  const newFolder = async (chatIds: readonly string[]): Promise<void> => {
    const taken = new Set(folders.map(({ name }) => name));
    const base = say("folders.newName");
    let name: string = base;
    for (let count = 2; taken.has(name); count++) name = `${base} ${count}`;
    holdTyped();
    const folderId = await onFolders.create(name, chatIds);
    if (folderId === null) takeTyped();
    else startRenaming(partKey(folderId));
  };
  useOpenChatActions({
    openChat: isShown ? openChat : null,
    isListed: isShown && openId !== null && known.has(openId),
    onRename: startRenaming,
    onDelete: (chatId) => removeAll([chatId]),
    onMove: (chat) => setMenu({ kind: "move", chats: [chat], place: titlePlace() }),
    onArchive: (chatId, isArchived) => archiveAll([chatId], isArchived),
  });
  useAction("newFolder", () => void newFolder([]));

  const onClick = useEffectEvent((event: MouseEvent, chatId: string): void => {
    // The press has moved the focus, and what is active with it.
    const before = ids.find((id) => id === (selection.anchor ?? openId)) ?? null;
    if (event.shiftKey) setSelection(extendedTo({ ...selection, active: before }, chatId, ids));
    else if (event.ctrlKey || event.metaKey) setSelection(toggled({ ...selection, active: before }, chatId));
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
    if (title === null) return;
    const folderId = folderAt(chatId);
    void (folderId === null ? rename(chatId, title) : onFolders.rename(folderId, title));
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
    onMenu: (chatId, button) => setMenu({ kind: "row", key: chatId, place: button }),
    onRenamed: (chatId, title) => onRenamed(chatId, title),
  }));

  const drag = useChatDrag({
    // Temporary chats are in no folder.
    dragged: (chatId) => keptChats(meantBy(selection, chatId)),
    targetAt: (key) => {
      const row = rows.find((each) => each.key === key);
      if (row?.kind === "part") return row.part;
      return row?.kind === "chat" && !row.isInPart ? null : undefined;
    },
    onDrop: (chatIds, target) => {
      if (target === archive) return archiveAll(chatIds, true);
      const fromArchive = chats.flatMap(({ id, archived: isArchived }) =>
        isArchived && chatIds.includes(id) ? [id] : [],
      );
      if (fromArchive.length > 0) void onFolders.archive(fromArchive, false);
      void onFolders.move(chatIds, target);
    },
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (active === null || renaming !== null || event.altKey) return;
    const at = stops.indexOf(active);
    const { key, shiftKey } = event;
    const mod = event.ctrlKey || event.metaKey;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[key];
    const isOnLink = event.target instanceof HTMLElement && event.target.matches(".chat-link");
    const part = rows.find((row) => row.key === active && row.kind === "part");
    const isTwist = part?.kind === "part" && part.isOpen !== (key === "ArrowRight");
    if (to !== undefined && isOnLink) {
      const chatId = stops[Math.min(Math.max(0, to), stops.length - 1)];
      if (chatId === undefined) return;
      if (shiftKey && ids.includes(chatId)) {
        setSelection(extendedTo({ ...selection, active: activeChat }, chatId, ids));
      } else if (mod || shiftKey) setSelection({ ...selection, active: chatId });
      else setSelection(movedTo(chatId));
      focus(chatId);
    } else if (part?.kind === "part" && isOnLink && isTwist && /^Arrow(?:Left|Right)$/.test(key)) toggle(part.part);
    else if (key === "ArrowRight" || key === "ArrowLeft") {
      const row = linkOf(active)?.parentElement;
      const buttons = [...(row?.querySelectorAll<HTMLElement>("a, button") ?? [])];
      buttons[buttons.indexOf(event.target as HTMLElement) + (key === "ArrowRight" ? 1 : -1)]?.focus();
    } else if (key === " " && isOnLink && part === undefined) setSelection(toggled({ ...selection, active }, active));
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
    const chatId = row?.querySelector<HTMLElement>("[data-row]")?.dataset["row"];
    if (row === null || chatId === undefined || chatId === partKey(archive)) return;
    event.preventDefault();
    // From the keyboard, there is no pointer to open it at.
    const isAtPointer = event.clientX !== 0 || event.clientY !== 0;
    const { clientX, clientY } = event;
    const place = isAtPointer ? { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) } : row;
    if (!selection.selected.has(chatId)) setSelection(movedTo(chatId));
    setMenu({ kind: "row", key: chatId, place });
  };

  const rowMenu = menu?.kind === "row" ? menu : null;
  const folderOfMenu = folderAt(rowMenu?.key ?? null);
  const meant = rowMenu === null || folderOfMenu !== null ? [] : meantBy(selection, rowMenu.key);
  const selected = chats.filter(({ id }) => selection.selected.has(id));
  const selectedIds = selected.map(({ id }) => id);
  const finalFocus = (): HTMLElement =>
    scroller.current?.querySelector<HTMLElement>(".rename-field") ?? linkOf(active) ?? document.body;
  return (
    <>
      <nav className="chat-rows scroll" aria-label={say("list.label")} ref={scroller}>
        {/* What its links do not handle themselves. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <ul
          style={{ height: virtualizer.getTotalSize() }}
          onKeyDown={onKeyDown}
          onContextMenu={onContextMenu}
          {...drag}
        >
          {drawn.map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            const style = { transform: `translateY(${start}px)` };
            return (
              <ListItem
                key={key}
                row={row}
                style={style}
                openId={isShown ? openId : null}
                isActive={row.key === active}
                isSelected={selection.selected.has(row.key)}
                isRenaming={row.key === renaming}
                isMenuOpen={row.key === rowMenu?.key}
                actions={actions}
              />
            );
          })}
        </ul>
      </nav>
      {selected.length > 1 && (
        <SelectionBar
          count={selected.length}
          areArchived={selected.every((chat) => chat.archived)}
          canKeep={keptChats(selectedIds).length > 0}
          onMove={(place) => setMenu({ kind: "move", chats: selected.filter(({ id }) => !isTemporary(id)), place })}
          onArchive={(isArchived) => archiveAll(keptChats(selectedIds), isArchived)}
          onExport={() => ask(keptChats(selectedIds))}
          onDelete={() => removeAll(selectedIds)}
          onClear={() => {
            if (active !== null) focus(active);
            setSelection({ ...noSelection, active });
          }}
        />
      )}
      <ListMenus
        menu={menu}
        chats={chats}
        folderId={folderOfMenu}
        meant={meant}
        finalFocus={finalFocus}
        onMove={(moved, place) => setMenu({ kind: "move", chats: moved, place })}
        onClose={(closed) => setMenu((now) => (now === closed ? null : now))}
        onRename={startRenaming}
        onPin={(pinned) => void pin(meant, pinned)}
        onArchive={archiveAll}
        onExport={ask}
        onDelete={removeAll}
        onDeleteFolder={removeFolder}
        onMoveToNew={(chatIds) => void newFolder(chatIds)}
      />
    </>
  );
}

/** The open chat's row may not be drawn, but its title is. */
const titlePlace = (): Element => document.querySelector(".screen-title") ?? document.body;
