import { expect, test } from "vitest";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { chat, fakeBridge, whole } from "./fakeBridge.ts";

test("the map of the branches is hidden with its chat, and is not there when the chat is opened again", () => {
  const { bridge } = fakeBridge({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [], ...whole }),
  });
  const { conversation, branches } = createStores(openDoor(bridge));
  conversation.getState().open("c1");
  branches.getState().show("c1");
  expect(branches.getState().shown).toMatchObject({ chatId: "c1" });
  conversation.getState().open("c2");
  expect(branches.getState().shown).toBeNull();
  conversation.getState().open("c1");
  expect(branches.getState().shown).toBeNull();
});
