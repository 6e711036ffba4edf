/** Which chats are selected, which one the keyboard is at, and where a range began. */
export interface ChatSelection {
  /** Null: the first one. */
  active: string | null;
  /** Chosen in addition to, or instead of, the active one. Empty unless several actions are meant at once. */
  selected: ReadonlySet<string>;
  anchor: string | null;
}

export const noSelection: ChatSelection = { active: null, selected: new Set(), anchor: null };

/** Moves to a chat and selects none. */
export const movedTo = (chatId: string): ChatSelection => ({ active: chatId, selected: new Set(), anchor: chatId });

/** Adds a chat to the selection, or removes it. The active chat is selected with the first one that is added. */
export function toggled({ active, selected }: ChatSelection, chatId: string): ChatSelection {
  const next = new Set(selected);
  if (next.size === 0 && active !== null && active !== chatId) next.add(active);
  if (!next.delete(chatId)) next.add(chatId);
  return { active: chatId, selected: next, anchor: chatId };
}

/** Selects all chats from where the range began to this one. */
export function extendedTo({ active, anchor }: ChatSelection, chatId: string, ids: readonly string[]): ChatSelection {
  const to = ids.indexOf(chatId);
  const begun = ids.indexOf(anchor ?? active ?? chatId);
  // It began at a folder.
  const from = begun === -1 ? to : begun;
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  return { active: chatId, selected: new Set(ids.slice(Math.max(0, start), end + 1)), anchor: anchor ?? active };
}

/** Returns the chats that an action on this one is meant for: the whole selection if it belongs to it. */
export const meantBy = ({ selected }: ChatSelection, chatId: string): string[] =>
  selected.has(chatId) ? [...selected] : [chatId];

/** Returns the chat next to these ones, which are about to go: below them, or else above. */
export function nextTo(gone: readonly string[], ids: readonly string[]): string | null {
  const leaving = new Set(gone);
  const last = ids.findLastIndex((id) => leaving.has(id));
  const below = ids.slice(last + 1).find((id) => !leaving.has(id));
  return below ?? ids.slice(0, Math.max(0, last)).findLast((id) => !leaving.has(id)) ?? null;
}
