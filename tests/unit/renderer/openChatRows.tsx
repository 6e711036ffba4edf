import { act, render } from "@testing-library/react";
import { ChatRows } from "../../../renderer/features/chats/ChatRows.tsx";
import { UndoNotices } from "../../../renderer/features/chats/UndoNotices.tsx";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { StoresContext, useChatList } from "../../../renderer/stores/useStores.ts";
import { fakeBridge } from "./fakeBridge.ts";

function List() {
  const list = useChatList((state) => state.list);
  return list.state === "ready" ? <ChatRows list={list.value} isShown /> : null;
}

/** Lets everything happen that waits for no more than answers. */
export const settled = () =>
  act(async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  });

/** Shows the list of chats alone, and what can be undone, with these answers. */
export async function openChatRows(answers: Parameters<typeof fakeBridge>[0]) {
  const fake = fakeBridge(answers);
  const stores = createStores(openDoor(fake.bridge));
  render(
    <StoresContext value={stores}>
      <List />
      <UndoNotices />
    </StoresContext>,
  );
  await settled();
  return { ...fake, stores };
}
