import { expect, test } from "vitest";
import { createBranchesStore } from "../../../renderer/stores/branches.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { chat, fakeBridge, whole } from "./fakeBridge.ts";

test("the map of the branches is hidden with its chat, and is not there when the chat is opened again", () => {
  const { bridge } = fakeBridge({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [], ...whole }),
    "chats.branches": () => ({ runs: [], isCut: false }) as never,
  });
  const door = openDoor(bridge);
  const { conversation } = createStores(door);
  const branches = createBranchesStore(door, { conversation });
  conversation.getState().open("c1");
  branches.getState().show("c1");
  expect(branches.getState().shown).toMatchObject({ chatId: "c1" });
  conversation.getState().open("c2");
  expect(branches.getState().shown).toBeNull();
  conversation.getState().open("c1");
  expect(branches.getState().shown).toBeNull();
});
