import { expect, test, vi } from "vitest";
import type { ChatHit } from "../../../electron/contract/chats.ts";
import { openDoor } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { begun, chat, fakeBridge, live, message, reply, whole } from "./fakeBridge.ts";

const hits: ChatHit[] = [
  { messageId: "far", part: "text", count: 1 },
  { messageId: "a1", part: "thought", count: 1 },
  { messageId: "a1", part: "text", count: 2 },
];

async function open(found: () => ChatHit[] | Promise<ChatHit[]> = () => hits) {
  const fake = fakeBridge({
    "chats.open": ({ chatId }) => ({ chat: chat(chatId), messages: [message("u1"), reply("a1")], ...whole }),
    "chats.find": found,
  });
  const stores = createStores(openDoor(fake.bridge));
  stores.conversation.getState().open("c1");
  await vi.waitFor(() => expect(stores.conversation.getState().conversation?.state).toBe("ready"));
  return { ...fake, stores, find: stores.chatFind };
}

test("places are stepped through in a circle; a thought is opened, and a message that was not read is", async () => {
  const { stores, find, named } = await open();
  await find.getState().find("square");
  expect(find.getState()).toMatchObject({ total: 4, index: 0, current: { messageId: "far", part: "text", nth: 0 } });
  expect(named("chats.open").at(-1)).toMatchObject({ chatId: "c1", at: "far" });
  find.getState().step(1);
  expect(find.getState().current).toMatchObject({ messageId: "a1", part: "thought" });
  expect(stores.reading.getState().openThoughts.has("a1")).toBe(true);
  find.getState().step(1);
  find.getState().step(1);
  expect(find.getState()).toMatchObject({ index: 3, current: { part: "text", nth: 1, count: 2 } });
  find.getState().step(1);
  expect(find.getState().index).toBe(0);
  find.getState().step(-1);
  expect(find.getState().index).toBe(3);
  // Another query begins at the message that is shown.
  await find.getState().find("squares");
  expect(find.getState().current).toMatchObject({ messageId: "a1" });
});

test("what the reply being written contains is counted as it grows, and exactly once it has ended", async () => {
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => setTimeout(paint));
  let found = hits;
  const { stores, find, send, emit } = await open(() => found);
  stores.conversation.getState().start("c1", begun("r1", "u2", "a1"));
  const writing = reply("r1", { state: "streaming", text: "" });
  send("r1", { kind: "snapshot", runId: "r1", message: writing, stage: { stage: "thinking" }, live });
  send("r1", { kind: "delta", part: "thought", text: "A square? " });
  await vi.waitFor(() => expect(stores.runs.getState().byChat["c1"]?.thought.length).toBe(10));
  await find.getState().find("square");
  expect(find.getState()).toMatchObject({ total: 5, index: 0 });
  send("r1", { kind: "delta", part: "answer", text: "Squares are square." });
  await vi.waitFor(() => expect(find.getState().total).toBe(7));
  find.getState().step(-1);
  expect(find.getState().current).toEqual({ messageId: "r1", part: "text", nth: 1, count: 2 });

  found = [...hits, { messageId: "r1", part: "text", count: 2 }];
  const message_ = { ...writing, text: "Squares are square.", state: "done" as const };
  send("r1", { kind: "ended", message: message_ });
  emit("runs.ended", { chatId: "c1", runId: "r1", message: message_ });
  await vi.waitFor(() => expect(find.getState().total).toBe(6));
  vi.unstubAllGlobals();
});

test("what a search found is followed at its message, without opening it again, and not as a phrase", async () => {
  const { find, named } = await open();
  await find.getState().follow("perfect square", "a1");
  expect(named("chats.find").at(-1)).toEqual({ chatId: "c1", query: "perfect square", asPhrase: false });
  expect(find.getState()).toMatchObject({ isOpen: false, index: 2, current: { part: "text", nth: 0 } });
  expect(named("chats.open")).toHaveLength(1);
  expect(find.getState().isToShow()).toBe(true);
  find.getState().wasShown();
  expect(find.getState().isToShow()).toBe(false);
});

test("it ends with the chat that was open, and an answer for an earlier query is not shown", async () => {
  const answers: ((found: ChatHit[]) => void)[] = [];
  const { stores, find } = await open(() => new Promise((resolve) => answers.push(resolve)));
  void find.getState().find("old");
  const newest = find.getState().find("new");
  answers[0]?.(hits);
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  expect(find.getState().hits).toBeNull();
  answers[1]?.([]);
  await newest;
  expect(find.getState()).toMatchObject({ total: 0, index: null, current: null });
  find.getState().open();
  stores.conversation.getState().open("c2");
  expect(find.getState()).toMatchObject({ isOpen: false, query: "", hits: null });
});
