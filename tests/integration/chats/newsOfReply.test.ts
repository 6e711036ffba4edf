import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CallFunction } from "../../../electron/contract/calls.ts";
import { toProblem } from "../../../electron/contract/errors.ts";
import type { EventListener, EventName, Events } from "../../../electron/contract/events.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { Door } from "../../../renderer/stores/door.ts";
import { createStores } from "../../../renderer/stores/stores.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

beforeEach(() => {
  vi.stubGlobal("requestAnimationFrame", (paint: () => void) => setTimeout(paint, 1));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Opens a window's stores on a real workbench. What crosses between them is copied, and every call is recorded. */
async function openWindow() {
  const listeners = new Set<EventListener>();
  const waiting = new Map<EventName, () => void>();
  const { workbench, home } = await openTestWorkbench(undefined, ({ name, data }) => {
    for (const listener of listeners) listener(name, structuredClone(data) as Events[EventName]);
    waiting.get(name)?.();
  });
  const calls: string[] = [];
  const call = (async (name: never, input: never) => {
    calls.push(name);
    return String(name).startsWith("shell.") ? null : structuredClone(await workbench.call(name, input));
  }) as CallFunction;
  const door: Door = {
    call,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attachRun: (runId, listener) => workbench.attachRun(runId, (frame) => listener(structuredClone(frame))),
    importFile: () => Promise.reject(new Error("no window")),
    attachFiles: () => Promise.reject(new Error("no window")),
    allAnswered: () => Promise.resolve(),
    problem: toProblem,
  };
  const next = (name: EventName): Promise<void> => new Promise((resolve) => waiting.set(name, resolve));
  return { workbench, home, stores: createStores(door), calls, next };
}

it("one reply makes the window read neither its chat, the list nor the models again, and it shows what is stored", async () => {
  const { workbench, stores, calls, next } = await openWindow();
  const { conversation, composer, chatList, models, runs } = stores;
  await Promise.all([chatList.getState().refresh(), models.getState().refresh()]);

  for (const [turn, question] of ["What is 17 + 25?", "What is 2 + 3?"].entries()) {
    const before = calls.length;
    const used = next("models.used");
    expect(await composer.getState().send(question)).toBe(true);
    await used;
    const began = turn === 0 ? ["chats.create", "chats.send"] : ["chats.send"];
    await vi.waitFor(() => expect(runs.getState().byChat).toEqual({}));
    const chatId = conversation.getState().openId ?? "";
    await vi.waitFor(() =>
      expect(conversation.getState().conversation).toMatchObject({ value: { chat: { runId: null } } }),
    );
    expect(calls.slice(before)).toEqual(began);

    const kept = await workbench.call("chats.open", { chatId });
    expect(kept.messages).toHaveLength(2 * turn + 2);
    expect(conversation.getState().conversation).toEqual({
      state: "ready",
      value: { ...kept, chat: { ...kept.chat, draft: expect.any(String) } },
    });
    const { chats } = await workbench.call("chats.list", {});
    expect(chatList.getState().list).toEqual({ state: "ready", value: chats });
    expect(models.getState().list).toEqual({ state: "ready", value: await workbench.call("models.list", {}) });
  }
});

it("what another program writes to the same store is read as soon as it is noticed", async () => {
  const { home, stores, calls, next } = await openWindow();
  const { chatList, conversation, composer } = stores;
  const used = next("models.used");
  await composer.getState().send("What is 17 + 25?");
  await used;
  await vi.waitFor(() =>
    expect(conversation.getState().conversation).toMatchObject({ value: { chat: { runId: null } } }),
  );
  const before = calls.length;
  const other = new ChatStore(home);
  const { id } = other.createChat({ thinking: "on", modelId: null });
  other.renameChat({ chatId: id, title: "From the terminal" });
  other.renameChat({ chatId: conversation.getState().openId ?? "", title: "Renamed there" });
  other.close();
  await vi.waitFor(
    () => {
      const { list } = chatList.getState();
      const titles = list.state === "ready" ? list.value.map(({ title }) => title) : [];
      expect(titles.toSorted()).toEqual(["From the terminal", "Renamed there"]);
      expect(conversation.getState().conversation).toMatchObject({ value: { chat: { title: "Renamed there" } } });
    },
    { timeout: 10_000 },
  );
  expect(new Set(calls.slice(before))).toEqual(new Set(["chats.list", "chats.folders", "chats.open"]));
});
