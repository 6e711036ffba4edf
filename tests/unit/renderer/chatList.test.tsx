// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ChatRow } from "../../../renderer/features/chats/ChatRow.tsx";
import { chatGroups } from "../../../renderer/features/chats/chatGroups.ts";
import { UndoNotices } from "../../../renderer/features/chats/UndoNotices.tsx";
import { noticeMs } from "../../../renderer/parts/Notice.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { fakeBridge, page, summary } from "./fakeBridge.ts";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function open() {
  const chat = summary("c1", { title: "Prime gaps" });
  const fake = fakeBridge({ "chats.list": () => page([chat]) });
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <ChatRow chat={chat} isOpen={false} />
      <UndoNotices />
    </StoresContext>,
  );
  return { ...fake, stores };
}

test("F2 renames in place; Enter saves the new title, trimmed", async () => {
  const { named } = open();
  fireEvent.keyDown(screen.getByRole("link", { name: "Prime gaps" }), { key: "F2" });
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  expect(field.value).toBe("Prime gaps");
  field.value = "  Gaps between primes ";
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(named("chats.rename")).toEqual([{ chatId: "c1", title: "Gaps between primes" }]));
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("link", { name: "Prime gaps" }));
});

test.each([
  ["Escape", "Other", "Escape"],
  ["an empty title", "   ", "Enter"],
  ["the same title", "Prime gaps", "Enter"],
])("%s renames nothing", (_name, typed, key) => {
  const { named } = open();
  fireEvent.keyDown(screen.getByRole("link", { name: "Prime gaps" }), { key: "F2" });
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  field.value = typed;
  fireEvent.keyDown(field, { key });
  expect(screen.getByRole("link", { name: "Prime gaps" })).toBeTruthy();
  expect(named("chats.rename")).toEqual([]);
});

test("rename and delete have a button each", async () => {
  const { named } = open();
  fireEvent.click(screen.getByRole("button", { name: "Delete chat" }));
  await waitFor(() => expect(named("chats.delete")).toEqual([{ chatIds: ["c1"] }]));
  fireEvent.click(screen.getByRole("button", { name: "Rename chat" }));
  expect(screen.getByRole("textbox", { name: "Title" })).toBeTruthy();
});

test("a deleted chat can be restored until the time is up", async () => {
  vi.useFakeTimers();
  const { named } = open();
  await act(() => vi.advanceTimersByTimeAsync(0));
  const row = screen.getByRole("link", { name: "Prime gaps" });
  fireEvent.keyDown(row, { key: "Delete" });
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText("deleted", { exact: false }).textContent).toBe("“Prime gaps” deleted");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await act(() => vi.advanceTimersByTimeAsync(noticeMs * 2));
  expect(named("chats.restore")).toEqual([{ chatIds: ["c1"] }]);
  expect(named("chats.purge")).toEqual([]);

  fireEvent.keyDown(row, { key: "Delete" });
  await act(() => vi.advanceTimersByTimeAsync(noticeMs - 1));
  const notice = screen.getByRole("button", { name: "Undo" });
  // The time stops while the pointer is over it.
  fireEvent.pointerEnter(notice.parentElement ?? notice);
  await act(() => vi.advanceTimersByTimeAsync(noticeMs * 2));
  expect(named("chats.purge")).toEqual([]);
  fireEvent.pointerLeave(notice.parentElement ?? notice);
  await act(() => vi.advanceTimersByTimeAsync(noticeMs));
  expect(named("chats.purge")).toEqual([{ chatIds: ["c1"] }]);
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("chats are grouped by the user's days, newest first", () => {
  const now = new Date(2026, 2, 10, 9, 30).getTime();
  const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime();
  const rows = chatGroups(
    [
      summary("old", { updatedAt: at(1, 12) }),
      summary("midnight", { updatedAt: at(10, 0) }),
      summary("evening", { updatedAt: at(9, 23) }),
      summary("now", { updatedAt: at(10, 9) }),
      summary("week", { updatedAt: at(4, 1) }),
    ],
    now,
  );
  expect(rows.map((row) => (row.kind === "heading" ? `# ${row.group}` : row.chat.id))).toEqual([
    "# today",
    "now",
    "midnight",
    "# yesterday",
    "evening",
    "# week",
    "week",
    "# earlier",
    "old",
  ]);
});
