import { expect, it } from "vitest";
import { problemOf } from "../../../electron/contract/errors.ts";
import type { Notice } from "../../../electron/contract/notices.ts";
import { type ChatsOptions, chatsHandlers } from "../../../electron/workbench/chats/chatsHandlers.ts";
import { openChats, type OpenChatsOptions } from "../../../electron/workbench/chats/openChats.ts";
import { Notices } from "../../../electron/workbench/Notices.ts";
import type { WrittenSummary } from "../../../electron/workbench/runs/ContextRoom.ts";

const written: WrittenSummary = {
  messageId: "a1",
  summary: { text: "one", model: { id: "nano", name: "R1 Nano" }, createdAt: 1 },
};

/** The handlers, with a summary that ends when the test says so. */
function openHandlers() {
  const said = {
    cancelled: [] as string[],
    kept: [] as WrittenSummary[],
    runId: null as string | null,
    shown: [] as Notice[],
  };
  let end: (result: Awaited<ReturnType<ChatsOptions["room"]["summarizeOldestNow"]>>) => void = () => undefined;
  const notices = new Notices((shown) => (said.shown = shown));
  const handlers = chatsHandlers({
    store: { request: () => Promise.resolve({ id: "kept" }) },
    runs: { runIn: () => said.runId, isHeld: () => false, stopInChat: () => Promise.resolve() },
    room: {
      summarizeOldestNow: () => new Promise((resolve) => (end = resolve)),
      cancelSummary: (chatId: string) => said.cancelled.push(chatId),
    },
    keepSummary: (summary: WrittenSummary) => Promise.resolve(said.kept.push(summary)),
    plainChats: { isPlain: () => false, forget: () => undefined },
    notices,
    changes: { changed: () => Promise.resolve(), removed: () => undefined },
    forgetRead: () => Promise.resolve(),
    onEvent: () => undefined,
  } as unknown as ChatsOptions);
  return { handlers, said, notices, end: (result: Parameters<typeof end>[0]) => end(result) };
}

it.each([
  ["chats.delete", ["a", "b"]],
  ["chats.purge", ["a", "b"]],
  ["chats.keep", ["a"]],
] as const)(
  "%s cancels the summary of a chat, and withdraws the notices about it and no other",
  async (call, chatIds) => {
    const { handlers, said, notices } = openHandlers();
    for (const chatId of [...chatIds, "other"]) notices.add(problemOf("summary-failed"), chatId);
    notices.add(problemOf("chat-plain"), "a");
    notices.add(problemOf("page-crashed"));
    // Counting its folders needs a store.
    await Promise.resolve(
      call === "chats.keep" ? handlers[call]({ chatId: "a" }) : handlers[call]({ chatIds: [...chatIds] }),
    ).catch(() => undefined);
    expect(said.cancelled).toEqual(chatIds);
    expect(said.shown.map(({ problem, chatId }) => [problem.code, chatId])).toEqual([
      ["summary-failed", "other"],
      ["page-crashed", undefined],
    ]);
  },
);

it("a summary is kept unless a reply has begun meanwhile, and says how it ended", async () => {
  const { handlers, said, end } = openHandlers();
  const ask = async () => handlers["chats.summarizeOldest"]({ chatId: "a" });
  const ended = async (result: Parameters<typeof end>[0]) => {
    const asking = ask();
    await new Promise((resolve) => setImmediate(resolve));
    end(result);
    return await asking;
  };
  expect([await ended("cancelled"), await ended("notNeeded"), await ended(written)]).toEqual([
    "cancelled",
    "notNeeded",
    "done",
  ]);
  expect(said.kept).toEqual([written]);
  const asking = ask();
  await new Promise((resolve) => setImmediate(resolve));
  said.runId = "r1";
  end(written);
  await expect(asking).rejects.toMatchObject({ code: "chat-busy" });
  expect(said.kept).toEqual([written]);
});

it("erasing all chats cancels their summaries, and withdraws the notices about them", async () => {
  const answers: Record<string, unknown> = {
    chatIds: ["a"],
    readBranch: { chat: { id: "a", modelId: null }, messages: [], files: {} },
  };
  const signal = { on: () => undefined };
  let shown: Notice[] = [];
  const notices = new Notices((list) => (shown = list));
  const done = (): Promise<void> => Promise.resolve();
  let began = (): void => undefined;
  const asked = new Promise<void>((resolve) => (began = resolve));
  const chats = openChats({
    store: {
      request: (name: string) => Promise.resolve(answers[name] ?? null),
      noticed: signal,
      mended: signal,
      writable: signal,
      changed: signal,
    },
    runs: { chatChanged: signal, runIn: () => null, isHeld: () => false, stopInChat: done },
    engines: {
      use: (_model: unknown, _purpose: unknown, stopping: AbortSignal) =>
        new Promise((resolve) => {
          stopping.addEventListener("abort", () => resolve(null));
          began();
        }),
    },
    home: "",
    models: {},
    library: { answeringServer: () => Promise.resolve(null) },
    documents: { folders: { reload: done } },
    plainChats: { forget: () => undefined },
    notices,
    forgetRead: done,
    forgetImport: done,
    deleteBackups: done,
    onEvent: () => undefined,
  } as unknown as OpenChatsOptions);
  notices.add(problemOf("summary-failed"), "a");
  const asking = chats.handlers["chats.summarizeOldest"]({ chatId: "a" });
  await asked;
  await chats.api.eraseAll();
  expect([await asking, shown]).toEqual(["cancelled", []]);
});
