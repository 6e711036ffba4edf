// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calls } from "../../../electron/contract/calls.ts";
import { listRows } from "../../../renderer/features/chats/listRows.ts";
import { page, summary } from "./fakeBridge.ts";
import { openChatRows, settled } from "./openChatRows.tsx";

const work = { id: "f1", name: "Work", createdAt: 1 };
const home = { id: "f2", name: "Home", createdAt: 2 };

beforeEach(() => {
  localStorage.clear();
  for (const name of ["clientHeight", "clientWidth"]) {
    vi.spyOn(HTMLElement.prototype, name as "clientHeight", "get").mockReturnValue(600);
  }
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

async function open({ archived = 1 } = {}) {
  const chats = [
    summary("c1", { title: "loose" }),
    summary("c2", { title: "filed", folderId: "f1" }),
    summary("c3", { title: "old", archived: true, folderId: "f1" }),
  ];
  return await openChatRows({
    "chats.folders": () => ({ folders: [work, home], archived }),
    "chats.list": ({ folderId, archived: wanted }) =>
      page(
        chats.filter(
          (chat) =>
            (wanted === undefined || chat.archived === wanted) &&
            (folderId === undefined || chat.folderId === folderId),
        ),
      ),
    "chats.createFolder": ({ name }) => ({ id: "f3", name: name, createdAt: 3 }),
    "chats.deleteFolder": () => ({ folder: work, chatIds: ["c2", "c3"] }),
  });
}

const folder = (name: string) => screen.getByRole("button", { name });
const press = (key: string, more: object = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });

test("folders stand in the order of their names, closed, and are opened and closed by the keyboard", async () => {
  await open();
  expect(screen.getAllByRole("listitem").map((row) => row.textContent)).toEqual([
    "Folders",
    "Home",
    "Work",
    "Archived1",
    "Today",
    "loose",
  ]);
  act(() => folder("Work").focus());
  press("ArrowRight");
  await settled();
  expect(folder("Work").getAttribute("aria-expanded")).toBe("true");
  press("ArrowDown");
  expect(document.activeElement?.textContent).toBe("filed");
  press("ArrowUp");
  press("ArrowLeft");
  expect(screen.queryByRole("link", { name: "filed" })).toBeNull();
});

test("open folders are open again in the next window, and one that is gone is not", async () => {
  localStorage.setItem("openFolders", JSON.stringify(["f1", "gone", 3]));
  const { named, stores } = await open();
  expect(screen.getByRole("link", { name: "filed" })).toBeTruthy();
  expect([...stores.chatFolders.getState().parts.keys()]).toEqual(["f1"]);
  expect(named("chats.list")).not.toContainEqual({ folderId: "gone", archived: false });
});

test("the archive shows its chats on request, and news moves a chat from one part to another", async () => {
  const { emit } = await open();
  fireEvent.click(screen.getByRole("button", { name: /Archived/ }));
  fireEvent.click(folder("Work"));
  await settled();
  expect(screen.getByRole("link", { name: "old" })).toBeTruthy();
  const titles = () => screen.getAllByRole("link").map((link) => link.textContent);
  expect(titles()).toEqual(["filed", "old", "loose"]);
  act(() =>
    emit("chats.changed", { sequence: 1, chats: [summary("c3", { title: "old", folderId: "f1" })], removed: [] }),
  );
  act(() => emit("chats.foldersChanged", { folders: [work, home], archived: 0 }));
  expect(titles().toSorted()).toEqual(["filed", "loose", "old"]);
  expect(screen.getByText("No archived chats")).toBeTruthy();
});

test("news that comes while a folder is being read is not lost", async () => {
  let answer = (): void => undefined;
  const { answers, emit } = await open();
  answers["chats.list"] = () =>
    new Promise((resolve) => {
      answer = () => resolve(page([summary("c2", { title: "filed", folderId: "f1" })], 4));
    });
  fireEvent.click(folder("Work"));
  for (const sequence of [1, 2, 3, 4]) act(() => emit("chats.changed", { sequence, chats: [], removed: [] }));
  act(() => emit("chats.changed", { sequence: 5, chats: [], removed: ["c2"] }));
  answer();
  await settled();
  expect(screen.getByText("No chats in this folder")).toBeTruthy();
});

test("a chat is moved from its menu, into a folder, out of it, and into a new one that is named at once", async () => {
  const { named, emit } = await open();
  const choose = async (name: string) => {
    fireEvent.contextMenu(screen.getByRole("link", { name: "loose" }), { clientX: 5, clientY: 5 });
    fireEvent.click(await screen.findByRole("menuitem", { name: "Move to a folder…" }));
    fireEvent.click(await screen.findByRole(name === "New folder…" ? "menuitem" : "menuitemradio", { name }));
    await settled();
  };
  await choose("Home");
  await choose("No folder");
  expect(named("chats.moveToFolder")).toEqual([
    { chatIds: ["c1"], folderId: "f2" },
    { chatIds: ["c1"], folderId: null },
  ]);
  await choose("New folder…");
  act(() =>
    emit("chats.foldersChanged", {
      folders: [work, home, { id: "f3", name: "New folder", createdAt: 3 }],
      archived: 1,
    }),
  );
  expect(named("chats.createFolder")).toEqual([{ name: "New folder" }]);
  expect(named("chats.moveToFolder").at(-1)).toEqual({ chatIds: ["c1"], folderId: "f3" });
  const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Title" });
  expect(field.maxLength).toBe(100);
  field.value = "Recipes";
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(named("chats.renameFolder")).toEqual([{ folderId: "f3", name: "Recipes" }]));
});

test("a name that cannot be seen is no name: the old one stays", async () => {
  const { named } = await open();
  for (const name of ["\u200b", " \u200f\u202e ", "\u0301"]) {
    fireEvent.contextMenu(folder("Work"), { clientX: 5, clientY: 5 });
    fireEvent.click(await screen.findByRole("menuitem", { name: /^Rename/ }));
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Title" });
    field.value = name;
    fireEvent.keyDown(field, { key: "Enter" });
    await settled();
    for (const [call, input] of [
      ["chats.renameFolder", { folderId: "f1", name }],
      ["chats.rename", { chatId: "c1", title: name }],
    ] as const) {
      expect(calls[call].input.safeParse(input).success).toBe(false);
    }
  }
  expect(named("chats.renameFolder")).toEqual([]);
});

test("several chats are archived together with one undo; a folder is deleted by a key, and comes back", async () => {
  const { named } = await open();
  fireEvent.click(folder("Work"));
  await settled();
  fireEvent.click(screen.getByRole("link", { name: "filed" }));
  fireEvent.click(screen.getByRole("link", { name: "loose" }), { ctrlKey: true });
  fireEvent.click(screen.getByRole("button", { name: "Archive" }));
  await screen.findByText("2 chats archived");
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await settled();
  expect(named("chats.archive").map((each) => (each as { archived: boolean }).archived)).toEqual([true, false]);
  act(() => folder("Work").focus());
  press("F2");
  fireEvent.keyDown(screen.getByRole("textbox"), { key: "Escape" });
  act(() => folder("Work").focus());
  press("Delete");
  await waitFor(() => expect(screen.getByText("deleted", { exact: false }).textContent).toContain("Work"));
  expect(named("chats.delete")).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await settled();
  expect(named("chats.restoreFolder")).toEqual([{ folder: work, chatIds: ["c2", "c3"] }]);
});

test("a range that begins at a folder holds chats only", async () => {
  const { named } = await open();
  act(() => folder("Work").focus());
  press("End", { shiftKey: true });
  press("Delete");
  await waitFor(() => expect(named("chats.delete")).toEqual([{ chatIds: ["c1"] }]));
});

test("without folders and archived chats there are no rows for them", () => {
  const rows = listRows({ list: [summary("c1")], folders: [], parts: new Map(), archived: 0 }, Date.now());
  expect(rows.map(({ kind }) => kind)).toEqual(["heading", "chat"]);
});
