// @vitest-environment happy-dom
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { EarlierSummary } from "../../../electron/contract/earlierSummary.ts";
import { openFromAddress } from "../../../renderer/app/useRoute.ts";
import PrintedChats from "../../../renderer/features/chats/PrintedChat.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext } from "../../../renderer/stores/useStores.ts";
import { chat, fakeBridge, message, reply, whole } from "./fakeBridge.ts";

const summary = (text: string, name: string): EarlierSummary => ({ text, model: { id: "", name }, createdAt: 5 });

test("says which summary the model reads, and which it does not read any more", async () => {
  const messages = [
    message("u1"),
    reply("a1", { parentId: "u1", text: "", summary: summary("One.", "R1 Nano") }),
    message("u2", { parentId: "a1" }),
    reply("a2", { parentId: "u2", text: "", summary: { ...summary("One and two.", ""), edited: true } }),
  ];
  const { bridge } = fakeBridge({
    "chats.open": () => ({ chat: chat("c1"), messages, ...whole }),
    "shell.printReady": () => null,
  });
  // The test page has no fonts.
  Object.assign(document, { fonts: { ready: Promise.resolve() } });
  const stores = createStores(openDoor(bridge));
  window.location.hash = "#/chat/c1";
  openFromAddress(stores);
  render(
    <StoresContext value={stores}>
      <PrintedChats />
    </StoresContext>,
  );
  await screen.findByText("One and two.");
  expect(screen.queryByText("Earlier summary of the messages above by R1 Nano")).not.toBeNull();
  expect(
    screen.queryByText("Summary of the messages above by R1, edited, which the model reads in their place"),
  ).not.toBeNull();
});
