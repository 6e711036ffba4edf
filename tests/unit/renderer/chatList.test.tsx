// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chatGroups } from "../../../renderer/features/chats/chatGroups.ts";
import { noticeMs } from "../../../renderer/parts/Notice.tsx";
import { page, summary } from "./fakeBridge.ts";
import { openChatRows } from "./openChatRows.tsx";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Without a layout, the list would render no rows. */
beforeEach(() => {
  for (const name of ["clientHeight", "clientWidth"]) {
    vi.spyOn(HTMLElement.prototype, name as "clientHeight", "get").mockReturnValue(600);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function open(...titles: string[]) {
  const names = titles.length === 0 ? ["Prime gaps"] : titles;
  const chats = names.map((title, at) => summary(`c${at + 1}`, { title, updatedAt: Date.now() - at }));
  return await openChatRows({ "chats.list": () => page(chats) });
}

const row = (title: string) => screen.getByRole("link", { name: title });
const focused = () => document.activeElement?.textContent;
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

test("F2 renames in place; Enter saves the new title, trimmed", async () => {
  const { named } = await open();
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
])("%s renames nothing", async (_name, typed, key) => {
  const { named } = await open();
  fireEvent.keyDown(screen.getByRole("link", { name: "Prime gaps" }), { key: "F2" });
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Title" });
  field.value = typed;
  fireEvent.keyDown(field, { key });
  expect(screen.getByRole("link", { name: "Prime gaps" })).toBeTruthy();
  expect(named("chats.rename")).toEqual([]);
});

test("a row's menu renames, pins and deletes; a right click opens it too", async () => {
  const { named } = await open();
  fireEvent.click(screen.getByRole("button", { name: "Pin" }));
  await waitFor(() => expect(named("chats.pin")).toEqual([{ chatIds: ["c1"], pinned: true }]));
  fireEvent.contextMenu(row("Prime gaps"), { clientX: 20, clientY: 20 });
  fireEvent.click(await screen.findByRole("menuitem", { name: "Open in a new window" }));
  await waitFor(() => expect(named("shell.openChatWindow")).toEqual([{ chatId: "c1" }]));
  fireEvent.contextMenu(row("Prime gaps"), { clientX: 20, clientY: 20 });
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Rename/ }));
  const field = await screen.findByRole("textbox", { name: "Title" });
  fireEvent.keyDown(field, { key: "Escape" });
  fireEvent.click(screen.getByRole("button", { name: "More" }));
  fireEvent.click(await screen.findByRole("menuitem", { name: /^Delete/ }));
  await waitFor(() => expect(named("chats.delete")).toEqual([{ chatIds: ["c1"] }]));
});

test("the list is one tab stop; arrows, Home and End move in it, and the right arrow reaches a row's buttons", async () => {
  await open("one", "two", "three");
  expect(screen.getAllByRole("link").filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
  expect(screen.getAllByRole("button").every(({ tabIndex }) => tabIndex === -1)).toBe(true);
  row("one").focus();
  press("ArrowDown");
  expect(focused()).toBe("two");
  press("End");
  expect(focused()).toBe("three");
  press("ArrowDown");
  expect(focused()).toBe("three");
  press("ArrowUp");
  press("ArrowRight");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Pin");
  press("ArrowRight");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("More");
  press("ArrowLeft");
  press("ArrowLeft");
  expect(focused()).toBe("two");
  press("Home");
  expect(focused()).toBe("one");
});

test("several chats are selected with Shift, Ctrl or Space, and deleted together with one undo", async () => {
  const { named, stores } = await open("one", "two", "three", "four");
  row("one").focus();
  press("ArrowDown", { shiftKey: true });
  expect(screen.getByText("2 chats selected")).toBeTruthy();
  press("Escape");
  expect(screen.queryByText("2 chats selected")).toBeNull();
  fireEvent.click(row("four"), { ctrlKey: true });
  press("ArrowUp", { ctrlKey: true });
  press(" ");
  press("Delete");
  await waitFor(() => expect(named("chats.delete")).toEqual([{ chatIds: ["two", "four", "three"].map(idOf) }]));
  expect(focused()).toBe("one");
  await waitFor(() => expect(screen.getByText("3 chats deleted")).toBeTruthy());
  expect(stores.chatList.getState().deletions).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(named("chats.restore")).toHaveLength(1));
});

test("with the mouse, Ctrl adds to the chat that was clicked before, although the press moves the focus first", async () => {
  const { named } = await open("one", "two", "three", "four");
  const click = (title: string, keys: MouseEventInit = {}): void => {
    act(() => row(title).focus());
    fireEvent.click(row(title), keys);
  };
  click("two");
  click("four", { ctrlKey: true });
  expect(screen.getByText("2 chats selected")).toBeTruthy();
  press("Delete");
  await waitFor(() => expect(named("chats.delete")).toEqual([{ chatIds: ["two", "four"].map(idOf) }]));
});

const idOf = (title: string): string => `c${["one", "two", "three", "four"].indexOf(title) + 1}`;

test("a deleted chat can be restored until the time is up", async () => {
  vi.useFakeTimers();
  const { named } = await open();
  await act(() => vi.advanceTimersByTimeAsync(0));
  fireEvent.keyDown(row("Prime gaps"), { key: "Delete" });
  await act(() => vi.advanceTimersByTimeAsync(0));
  expect(screen.getByText("deleted", { exact: false }).textContent).toBe("“Prime gaps” deleted");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await act(() => vi.advanceTimersByTimeAsync(noticeMs * 2));
  expect(named("chats.restore")).toEqual([{ chatIds: ["c1"] }]);
  expect(named("chats.purge")).toEqual([]);

  fireEvent.keyDown(row("Prime gaps"), { key: "Delete" });
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

test("pinned chats come first, then days, then months", () => {
  const now = new Date(2026, 2, 10, 9, 30).getTime();
  const at = (month: number, day: number, hour: number) => new Date(2026, month, day, hour).getTime();
  const rows = chatGroups(
    [
      summary("pinned", { updatedAt: at(0, 1, 12), pinned: true }),
      summary("now", { updatedAt: at(2, 10, 9) }),
      summary("midnight", { updatedAt: at(2, 10, 0) }),
      summary("evening", { updatedAt: at(2, 9, 23) }),
      summary("friday", { updatedAt: at(2, 6, 12) }),
      summary("wednesday", { updatedAt: at(2, 4, 1) }),
      summary("march", { updatedAt: at(2, 3, 12) }),
      summary("february", { updatedAt: at(1, 3, 12) }),
    ],
    now,
  );
  expect(rows.map((listed) => (listed.kind === "heading" ? `# ${listed.group.kind}` : listed.chat.id))).toEqual([
    "# pinned",
    "pinned",
    "# today",
    "now",
    "midnight",
    "# yesterday",
    "evening",
    "# weekday",
    "friday",
    "# weekday",
    "wednesday",
    "# month",
    "march",
    "# month",
    "february",
  ]);
});
