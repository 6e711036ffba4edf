// @vitest-environment happy-dom
import { act, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { DocumentFolder } from "../../../electron/contract/documentFolders.ts";
import { chat, whole } from "./fakeBridge.ts";
import { conversation, goTo, openChat } from "./openChat.tsx";

const leftOut = { hidden: 0, trees: 0, links: 0, others: 0, deep: 0, closed: 0, beyond: 12, full: 1, isCut: false };
const papers: DocumentFolder = {
  folderId: "f1",
  name: "papers",
  state: "ready",
  trouble: null,
  problem: null,
  documents: 2,
  indexed: 2,
  toRead: 0,
  refused: [],
  refusedCount: 0,
  leftOut,
};

test("coming back to the window has the folder of the open chat looked at, if it is searched", async () => {
  const { named, emit } = openChat({
    "documents.folders": () => [papers],
    "documents.countFolder": () => ({ tokens: 10, isExact: false }),
    "chats.folders": () => ({ folders: [{ id: "f1", name: "Rules", createdAt: 1 }], archived: 0 }),
    "chats.open": ({ chatId }) => ({
      chat: chat(chatId, { folderId: chatId === "c1" ? "f1" : null }),
      messages: conversation,
      ...whole,
    }),
  });
  await screen.findByRole("button", { name: /^Show the folder papers/ });
  const comeBack = () => act(() => void window.dispatchEvent(new Event("focus")));
  expect(named("documents.lookAgain")).toEqual([]);
  comeBack();
  expect(named("documents.lookAgain")).toEqual([{ folderId: "f1" }]);
  act(() => emit("chats.configured", chat("c1", { folderId: "f1", searchesFolder: false })));
  comeBack();
  await goTo("#/chat/c2");
  await waitFor(() => expect(named("chats.open")).toHaveLength(2));
  comeBack();
  expect(named("documents.lookAgain")).toHaveLength(1);
});

test("the sheet of a folder says how much of it is read at most", async () => {
  openChat({
    "documents.folders": () => [papers],
    "documents.countFolder": () => ({ tokens: 10, isExact: false }),
    "chats.open": () => ({ chat: chat("c1", { folderId: "f1" }), messages: conversation, ...whole }),
  });
  const chip = await screen.findByRole("button", { name: /^Show the folder papers/ });
  act(() => chip.click());
  const sheet = within(await screen.findByRole("dialog"));
  sheet.getByText("12 more files: at most 2,000 are read. Choose a smaller folder.");
  sheet.getByText("1 file: at most 100,000,000 characters are read. Choose a smaller folder.");
});
